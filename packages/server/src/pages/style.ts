/**
 * The style of every page, in the colour of the space.
 * @param hue 0 to 360
 */
export function styleSheet(hue: number): string {
  return `:root{--accent:hsl(${hue} 85% 40%);color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:6vh auto;padding:0 1.5rem}
header{color:var(--accent);font-weight:600}
h1{font-size:1.6rem;margin:.3em 0 .8em}
a{color:var(--accent)}
label{display:block;margin:1em 0 .2em}
input{font:inherit;width:100%;box-sizing:border-box;padding:.5em .7em;border:1px solid #8888;border-radius:.4em}
input.digit{width:3em;text-align:center;margin-right:.5em}
button,.button{font:inherit;display:inline-block;margin-top:1.2em;padding:.55em 1.6em;border:0;border-radius:.4em;background:var(--accent);color:#fff;cursor:pointer;text-decoration:none}
button:disabled{opacity:.5;cursor:default}
button.plain{background:none;color:var(--accent);padding:.55em 0}
.notice{border-left:.3em solid var(--accent);padding:.6em 1em;background:#8881}
.code{display:block;background:#fff;width:fit-content;max-width:100%}
progress{width:100%;accent-color:var(--accent)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.3em 1.5em}
dd{margin:0}
`.replaceAll('\n', '');
}
