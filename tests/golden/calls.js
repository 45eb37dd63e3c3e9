// Calls: windows, methods before and after arguments, chains, spread, optional links, new, templates.
function plain(f, x) { return f(x, 1)(2); }
function methods(o, x) { o.m(x, 1); o.m(x()); return o.a.b(1).c(2)[x](3); }
function spread(f, a) { f(...a); new f(1, ...a); return [0, ...a, 2]; }
function optional(o) { return o?.a.b?.[1]?.(2); }
function tagged(t, x) { return t`a${x}b` + `c${x}d`; }
