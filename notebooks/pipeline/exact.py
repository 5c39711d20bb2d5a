"""Exact arithmetic over whole numbers, as SQL text: no double is ever rounded."""


def half_up(dividend: str, divisor: str, digits: int) -> str:
    """The quotient of two whole numbers >= 0, rounded half up; NULL when the divisor is 0 or NULL."""
    scaled = f"({2 * 10**digits} * ({dividend}) + ({divisor})) div nullif(2 * ({divisor}), 0)"
    tenths = f"cast('1e-{digits}' as decimal({digits},{digits}))"
    return f"cast(cast({scaled} as decimal(18,0)) * {tenths} as decimal(18,{digits}))"


def whole(dividend: str, divisor: str) -> str:
    """The quotient cut to a whole number; NULL when the divisor is 0 or the dividend NULL."""
    return f"({dividend}) div nullif({divisor}, 0)"


def cut_24(dividend: str, divisor: str) -> str:
    """The quotient cut after 24 decimals, in two steps of 12 that stay inside 64 bits (divisor below 9.2 million)."""
    n, d, step = f"({dividend})", f"nullif({divisor}, 0)", 10**12
    first = f"(({n} % {d}) * {step}L)"
    second = f"(({first} % {d}) * {step}L)"
    digits = [f"lpad(cast({part} div {d} as string), 12, '0')" for part in (first, second)]
    return f"cast(concat(cast({n} div {d} as string), '.', {', '.join(digits)}) as decimal(38,24))"
