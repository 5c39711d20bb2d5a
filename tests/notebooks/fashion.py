"""A shop of users, as the gold datasets see it."""

from shop.buyers_by_country import buyers_by_country
from shop.sellers_by_country_gender import sellers_by_country_gender
from shop.top_seller_countries import top_seller_countries
from shop.users import users

COLUMNS = {
    "identifierHash": "text",
    "country": "text",
    "gender": "text",
    "socialNbFollowers": "integer",
    "socialNbFollows": "integer",
    "socialProductsLiked": "integer",
    "productsListed": "integer",
    "productsSold": "integer",
    "productsPassRate": "decimal(5,1)",
    "productsWished": "integer",
    "productsBought": "integer",
    "hasAnyApp": "boolean",
    "hasIosApp": "boolean",
    "daysSinceLastLogin": "integer",
    "seniority": "integer",
}
LIVING = COLUMNS | {"deleted_at": "timestamp"}
GONE = "2026-01-01 00:00:00"
DATASETS = {
    "users": users,
    "buyers_by_country": buyers_by_country,
    "sellers_by_country_gender": sellers_by_country_gender,
    "top_seller_countries": top_seller_countries,
}


def catalog(columns: dict[str, str]) -> dict:
    """Of users with these columns, and all that is computed from them."""
    table = {
        "name": "users",
        "key": ["identifierHash"],
        "deleted": {"column": "deleted_at"} if "deleted_at" in columns else None,
        "columns": [{"name": name, "type": kind, "pii": "none"} for name, kind in columns.items()],
    }
    return {
        "tables": [table],
        "datasets": [{"name": name, "notebook": f"gold/{name}", "inputs": ["users"]} for name in DATASETS],
    }


def user(name: str, country: str = "France", gender: str = "F", **numbers: object) -> tuple:
    given = {"productsPassRate": "0.0", "hasAnyApp": "False", "hasIosApp": "False", "seniority": 3000} | numbers
    rest = [str(given.get(column, 0)) for column in list(COLUMNS)[3:]]
    return (name, country, gender, *rest)


def living(name: str, country: str | None, gone: bool = False, **rest: object) -> tuple:
    """A user of a shop that marks who is gone."""
    return (*user(name, country, **rest), GONE if gone else None)
