import { html, raw } from 'hono/html';
import { type Mail, recipientsOf } from './store';

const STYLE = `
:root { color-scheme: light dark; --line: #d9dde3; --soft: #5d6673; --back: #f6f7f9; --card: #fff; --text: #1b2027; --accent: #0b63c5 }
@media (prefers-color-scheme: dark) { :root { --line: #323943; --soft: #9aa4b2; --back: #14181d; --card: #1c2128; --text: #e6e9ee; --accent: #77b4ff } }
* { box-sizing: border-box } body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
main { max-width: 860px; margin: 0 auto; padding: 32px 20px } h1 { font-size: 22px; margin: 0 0 4px } a { color: var(--accent) }
p.soft, td.soft, dt { color: var(--soft) } p.soft { margin: 0 0 20px }
ul { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: hidden }
li + li { border-top: 1px solid var(--line) } li a { display: grid; grid-template-columns: 1fr auto; gap: 2px 16px; padding: 12px 16px; color: inherit; text-decoration: none }
li a:hover, li a:focus-visible { background: var(--back) } li strong { font-weight: 600; overflow-wrap: anywhere } li time { color: var(--soft); font-size: 13px; white-space: nowrap }
li span { grid-column: 1 / -1; color: var(--soft); font-size: 13px; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 16px 0 24px } dd { margin: 0; overflow-wrap: anywhere }
h2 { font-size: 15px; margin: 24px 0 8px } pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 } pre, iframe, .none { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px }
iframe { width: 100%; height: 520px; padding: 0; background: #fff } .none { color: var(--soft); text-align: center; padding: 48px 16px }
`;

/** The pages carry no script, load nothing from elsewhere and show a mail's HTML only in a sandboxed frame. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
export const FRAME_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

const page = (title: string, body: unknown) => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>${raw(STYLE)}</style></head><body><main>${body}</main></body></html>`;

const time = (at: number) => {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
};

/** All mails, newest first. */
export const mailboxPage = (mails: readonly Mail[]) =>
  page(
    'Mailbox',
    html`<h1>Mailbox</h1><p class="soft">Every mail that was accepted here, newest first: ${mails.length}. Nothing leaves this machine.</p>
    ${mails.length === 0 ? html`<div class="none">No mail yet</div>` : html`<ul>${mails.map(row)}</ul>`}`,
  );

const row = ({ id, at, message }: Mail) =>
  html`<li><a href="/mails/${id}"><strong>${message.content.subject}</strong>${time(at)}<span>to ${recipientsOf(message).join(', ')}</span></a></li>`;

/** One mail: text as it is, HTML in a frame of its own. */
export const mailPage = ({ id, at, message }: Mail) =>
  page(
    message.content.subject,
    html`<p class="soft"><a href="/">Mailbox</a></p><h1>${message.content.subject}</h1>
    <dl><dt>From</dt><dd>${message.senderAddress}</dd><dt>To</dt><dd>${recipientsOf(message).join(', ')}</dd><dt>Accepted</dt><dd>${time(at)}</dd>
    ${(message.attachments ?? []).map(({ name, contentType }) => html`<dt>Attachment</dt><dd>${name} (${contentType})</dd>`)}</dl>
    ${message.content.plainText ? html`<h2>Text</h2><pre>${message.content.plainText}</pre>` : ''}
    ${message.content.html ? html`<h2>HTML</h2><iframe title="HTML of the mail" sandbox src="/mails/${id}/html"></iframe>` : ''}`,
  );
