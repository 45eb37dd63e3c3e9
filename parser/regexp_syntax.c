// SPDX-License-Identifier: MIT
// Recursive descent over a pattern, see regexp_syntax.h; sets of characters are in regexp_class.c.
// Annex B is the grammar without u and v: there, what is not an escape, a quantifier or a class stands for itself.
#include "parser/regexp_syntax_internal.h"

static RegexpNode *parse_disjunction(RegexpParser *p);

bool regexp_fail(RegexpParser *p, const char *message) {
  if (!p->message) p->message = message;
  return false;
}

static COLD RegexpNode *fail_node(RegexpParser *p, const char *message) {
  regexp_fail(p, message);
  return NULL;
}

RegexpNode *regexp_new_node(RegexpParser *p, RegexpNodeKind kind) {
  RegexpNode *node = p->check_only ? &p->scratch : ARENA_NEW(p->arena, RegexpNode);
  if (p->check_only) *node = (RegexpNode){0};
  node->kind = (u8)kind;
  node->capture_first = node->capture_end = (u16)p->capture_count;
  return node;
}

RegexpNode *regexp_char_node(RegexpParser *p, u32 cp) {
  u32 variants[UNICODE_CASE_VARIANTS_MAX], n = 1;
  if ((p->flags & REGEXP_IGNORE_CASE) && !p->check_only) {
    bool ascii_alone = cp < 0x80 && (!p->unicode_mode || ((cp | 32) != 'k' && (cp | 32) != 's'));
    if (!ascii_alone) {
      n = unicode_case_variants(cp, p->unicode_mode, variants);
    } else if ((cp | 32) - 'a' < 26) {
      variants[0] = cp & ~32u, variants[1] = cp | 32, n = 2;
    }
  }
  RegexpNode *node = regexp_new_node(p, n > 1 ? REGEXP_SET : REGEXP_CHAR);
  node->min_length = node->max_length = 1;
  if (n == 1) {
    node->cp = cp;
    return node;
  }
  u32 *ranges = ARENA_ARRAY(p->arena, u32, 2 * n);
  for (u32 i = 0; i < n; i++) ranges[2 * i] = ranges[2 * i + 1] = variants[i];
  node->ranges = ranges;
  node->range_count = n;
  return node;
}

// ---- Escapes

static bool is_syntax_character(u32 c) { return c < 0x80 && c && strchr("^$\\.*+?()[]{}|", (int)c) != NULL; }

static i32 hex_digit(u32 c) {
  if (c - '0' < 10) return (i32)(c - '0');
  if ((c | 32) - 'a' < 6) return (i32)((c | 32) - 'a' + 10);
  return -1;
}

// Exactly n hexadecimal digits, or nothing is read.
static bool read_hex(RegexpParser *p, u32 n, u32 *out) {
  u32 value = 0;
  for (u32 i = 0; i < n; i++) {
    u32 c = regexp_peek(p, i);
    i32 digit = c == REGEXP_END ? -1 : hex_digit(c);
    if (digit < 0) return false;
    value = value * 16 + (u32)digit;
  }
  p->pos += n;
  *out = value;
  return true;
}

// Behind `\u`. Nothing is read on failure. Pairs of escapes make one code point in unicode mode.
static bool read_unicode_escape(RegexpParser *p, bool unicode_mode, u32 *cp) {
  u32 start = p->pos;
  if (unicode_mode && regexp_eat(p, '{')) {
    u32 value = 0, digits = 0;
    for (;; digits++) {
      u32 c = regexp_peek(p, 0);
      i32 digit = c == REGEXP_END ? -1 : hex_digit(c);
      if (digit < 0) break;
      p->pos++;
      value = value * 16 + (u32)digit;
      if (value > UTF_MAX) break;
    }
    if (digits && value <= UTF_MAX && regexp_eat(p, '}')) {
      *cp = value;
      return true;
    }
    p->pos = start;
    return false;
  }
  if (!read_hex(p, 4, cp)) return false;
  if (!unicode_mode || !utf16_is_lead(*cp) || regexp_peek(p, 0) != '\\' || regexp_peek(p, 1) != 'u') return true;
  u32 after = p->pos, trail;
  p->pos += 2;
  if (read_hex(p, 4, &trail) && utf16_is_trail(trail)) {
    *cp = utf16_combine(*cp, trail);
  } else {
    p->pos = after;
  }
  return true;
}

static bool control_escape(RegexpParser *p, bool in_class, u32 *cp) {
  u32 letter = regexp_peek(p, 0);
  bool is_letter = letter < 0x80 && (letter | 32) - 'a' < 26;
  bool class_digit = in_class && !p->unicode_mode && (letter - '0' < 10 || letter == '_');
  if (is_letter || class_digit) {
    p->pos++;
    *cp = letter & 31;
    return true;
  }
  if (p->unicode_mode) return regexp_fail(p, "Invalid Unicode escape");
  p->pos--; // the backslash is itself, and `c` comes next
  *cp = '\\';
  return true;
}

static bool legacy_octal_escape(RegexpParser *p, u32 first, u32 *cp) {
  u32 value = first - '0';
  for (u32 i = 0; i < 2; i++) {
    u32 digit = regexp_peek(p, 0) - '0';
    if (digit > 7 || value * 8 + digit > 255) break;
    value = value * 8 + digit;
    p->pos++;
  }
  *cp = value;
  return true;
}

static bool identity_escape(RegexpParser *p, bool in_class, u32 c, u32 *cp) {
  *cp = c;
  if (p->unicode_mode) {
    if (is_syntax_character(c) || c == '/' || (in_class && c == '-')) return true;
    return regexp_fail(p, "Invalid escape");
  }
  if (c == 'k') {
    regexp_scan_captures(p);
    if (p->has_names) return regexp_fail(p, in_class ? "Invalid escape" : "Invalid named reference");
  }
  return true;
}

bool regexp_character_escape(RegexpParser *p, bool in_class, u32 *cp) {
  if (p->pos >= p->length) return regexp_fail(p, "\\ at end of pattern");
  u32 c = regexp_next_char(p, p->unicode_mode);
  switch (c) {
  case 'f': *cp = '\f'; return true;
  case 'n': *cp = '\n'; return true;
  case 'r': *cp = '\r'; return true;
  case 't': *cp = '\t'; return true;
  case 'v': *cp = '\v'; return true;
  case 'c': return control_escape(p, in_class, cp);
  case '0':
    if (regexp_peek(p, 0) - '0' > 9) {
      *cp = 0;
      return true;
    }
    FALLTHROUGH;
  case '1' ... '7':
    if (!p->unicode_mode) return legacy_octal_escape(p, c, cp);
    return regexp_fail(p, in_class ? "Invalid class escape" : "Invalid decimal escape");
  case 'x':
    if (read_hex(p, 2, cp)) return true;
    if (p->unicode_mode) return regexp_fail(p, "Invalid escape");
    *cp = 'x';
    return true;
  case 'u':
    if (read_unicode_escape(p, p->unicode_mode, cp)) return true;
    if (p->unicode_mode) return regexp_fail(p, "Invalid Unicode escape");
    *cp = 'u';
    return true;
  default: return identity_escape(p, in_class, c, cp);
  }
}

// ---- Groups and their names

// How many units the class that starts at `i` has.
static u32 class_length(const RegexpParser *p, u32 i) {
  u32 start = i++;
  for (; i < p->length; i++) {
    u32 c = p->is_utf16 ? ((const u16 *)p->chars)[i] : ((const u8 *)p->chars)[i];
    if (c == '\\') i++;
    if (c == ']') break;
  }
  return i - start;
}

void regexp_scan_captures(RegexpParser *p) {
  if (p->scanned) return;
  p->scanned = true;
  u32 saved = p->pos;
  p->total_captures = 1;
  for (p->pos = 0; p->pos < p->length; p->pos++) {
    u32 c = regexp_peek(p, 0);
    if (c == '\\') p->pos++;
    if (c == '[') p->pos += class_length(p, p->pos);
    if (p->pos >= p->length) break;
    if (c != '(') continue;
    if (regexp_peek(p, 1) != '?') {
      p->total_captures++;
    } else if (regexp_peek(p, 2) == '<' && regexp_peek(p, 3) != '=' && regexp_peek(p, 3) != '!') {
      p->total_captures++;
      p->has_names = true;
    }
  }
  p->pos = saved;
}

// Behind `<`: reads to the `>` included.
static bool read_group_name(RegexpParser *p, RegexpGroupName *name) {
  VEC(u16) text = {0};
  bool ok = false;
  for (;;) {
    u32 c = p->pos < p->length ? regexp_next_char(p, true) : REGEXP_END;
    if (c == '>') {
      ok = text.len > 0;
      break;
    }
    if (c == '\\' && !(regexp_eat(p, 'u') && read_unicode_escape(p, true, &c))) break;
    bool right =
        c == '$' || c == '_' || (text.len ? unicode_is_id_continue(c) || c == 0x200C || c == 0x200D : unicode_is_id_start(c));
    if (c == REGEXP_END || !right) break;
    u16 units[2];
    u32 n = utf16_encode(c, units);
    for (u32 i = 0; i < n; i++) vec_push(&text, units[i]);
  }
  if (ok) {
    u16 *chars = ARENA_ARRAY(p->arena, u16, text.len);
    memcpy(chars, text.data, text.len * sizeof(u16));
    *name = (RegexpGroupName){chars, text.len, 0};
  }
  vec_free(&text);
  return ok;
}

static bool same_name(const RegexpGroupName *a, const RegexpGroupName *b) {
  return a->length == b->length && !memcmp(a->chars, b->chars, a->length * sizeof(u16));
}

static bool declare_name(RegexpParser *p, u32 capture) {
  RegexpNameEntry entry = {0};
  if (!read_group_name(p, &entry.name)) return regexp_fail(p, "Invalid capture group name");
  entry.name.capture = capture;
  for (u32 i = 0; i < p->names.len; i++) {
    const RegexpNameEntry *other = &p->names.data[i];
    if (!other->hidden && same_name(&other->name, &entry.name)) return regexp_fail(p, "Duplicate capture group name");
  }
  vec_push(&p->names, entry);
  return true;
}

static RegexpNode *wrap(RegexpParser *p, RegexpNodeKind kind, RegexpNode *child, u32 capture_first) {
  RegexpNode *node = regexp_new_node(p, kind);
  node->child = child;
  node->child_count = 1;
  node->capture_first = (u16)capture_first;
  node->min_length = child->min_length;
  node->max_length = child->max_length;
  return node;
}

// The body of a group and its `)`.
static RegexpNode *parse_group_body(RegexpParser *p) {
  RegexpNode *body = parse_disjunction(p);
  if (!body) return NULL;
  if (!regexp_eat(p, ')')) return fail_node(p, "Unterminated group");
  return body;
}

static RegexpNode *parse_capture(RegexpParser *p, bool named) {
  u32 capture = p->capture_count++;
  if (p->capture_count > REGEXP_CAPTURES_MAX) return fail_node(p, "Too many captures");
  if (named && !declare_name(p, capture)) return NULL;
  RegexpNode *body = parse_group_body(p);
  return body ? wrap(p, REGEXP_CAPTURE, body, capture) : NULL;
}

static RegexpNode *parse_look(RegexpParser *p, bool behind, bool negated) {
  u32 first = p->capture_count;
  p->has_lookaround = true;
  RegexpNode *body = parse_group_body(p);
  if (!body) return NULL;
  RegexpNode *node = wrap(p, REGEXP_LOOK, body, first);
  node->behind = behind;
  node->flag = negated;
  node->min_length = node->max_length = 0;
  return node;
}

static u32 modifier_flag(u32 c) {
  return c == 'i' ? REGEXP_IGNORE_CASE : c == 'm' ? REGEXP_MULTILINE : c == 's' ? REGEXP_DOT_ALL : 0;
}

// Behind `(?`, where a modifier letter or `-` stands: reads to the `:` included.
static bool parse_modifiers(RegexpParser *p, u32 *add, u32 *remove) {
  *add = *remove = 0;
  bool dash = false;
  for (;;) {
    u32 c = regexp_peek(p, 0);
    u32 flag = modifier_flag(c);
    if (c == '-') {
      if (dash) return regexp_fail(p, "Multiple dashes in flag group");
      dash = true;
    } else if (flag) {
      if ((*add | *remove) & flag) return regexp_fail(p, "Repeated flag in flag group");
      *(dash ? remove : add) |= flag;
    } else if (c == ':') {
      p->pos++;
      return *add || *remove || regexp_fail(p, "Invalid flag group");
    } else {
      return regexp_fail(p, "Invalid group");
    }
    p->pos++;
  }
}

static RegexpNode *parse_modifier_group(RegexpParser *p) {
  u32 add, remove, saved = p->flags;
  if (!parse_modifiers(p, &add, &remove)) return NULL;
  p->flags = (saved | add) & ~remove;
  RegexpNode *body = parse_group_body(p);
  p->flags = saved;
  return body;
}

// Behind `(`. Sets *assertion for what only Annex B lets be repeated, or nothing does.
static RegexpNode *parse_group(RegexpParser *p, bool *is_lookahead, bool *is_lookbehind) {
  if (!regexp_eat(p, '?')) return parse_capture(p, false);
  u32 c = regexp_peek(p, 0);
  p->pos++;
  switch (c) {
  case ':': return parse_group_body(p);
  case '=':
  case '!': *is_lookahead = true; return parse_look(p, false, c == '!');
  case '<':
    c = regexp_peek(p, 0);
    if (c != '=' && c != '!') return parse_capture(p, true);
    p->pos++;
    *is_lookbehind = true;
    return parse_look(p, true, c == '!');
  case 'i':
  case 'm':
  case 's':
  case '-': p->pos--; return parse_modifier_group(p);
  default: return fail_node(p, "Invalid group");
  }
}

// ---- Terms

static RegexpNode *assertion_node(RegexpParser *p, RegexpNodeKind kind, bool flag) {
  RegexpNode *node = regexp_new_node(p, kind);
  node->flag = flag;
  return node;
}

static RegexpNode *backref_node(RegexpParser *p) {
  RegexpNode *node = assertion_node(p, REGEXP_BACKREF, p->flags & REGEXP_IGNORE_CASE);
  node->max_length = REGEXP_INFINITE;
  p->has_backrefs = true;
  return node;
}

static RegexpNode *parse_named_backref(RegexpParser *p) {
  RegexpNameUse use = {0};
  if (!regexp_eat(p, '<')) return fail_node(p, "Invalid named reference");
  if (!read_group_name(p, &use.name)) return fail_node(p, "Invalid capture group name");
  use.node = backref_node(p);
  vec_push(&p->uses, use);
  return use.node;
}

// Behind `\`, at a digit from 1 to 9. NULL without a message if it is no back reference.
static RegexpNode *try_numbered_backref(RegexpParser *p) {
  u32 start = p->pos, value = 0;
  while (regexp_peek(p, 0) - '0' < 10) {
    if (value <= REGEXP_CAPTURES_MAX) value = value * 10 + (regexp_peek(p, 0) - '0');
    p->pos++;
  }
  if (value >= p->capture_count) {
    regexp_scan_captures(p);
    if (value >= p->total_captures) {
      p->pos = start;
      return NULL;
    }
  }
  RegexpNode *node = backref_node(p);
  if (p->check_only) return node;
  u16 *groups = ARENA_NEW(p->arena, u16);
  *groups = (u16)value;
  node->groups = groups;
  node->group_count = 1;
  return node;
}

static RegexpNode *parse_atom_escape(RegexpParser *p, bool *quantifiable) {
  u32 c = regexp_peek(p, 0), cp;
  switch (c) {
  case 'b':
  case 'B': {
    p->pos++;
    *quantifiable = false;
    RegexpNode *node = assertion_node(p, REGEXP_WORD_BOUNDARY, c == 'B');
    node->word_folded = p->unicode_mode && (p->flags & REGEXP_IGNORE_CASE);
    return node;
  }
  case '1' ... '9': {
    RegexpNode *node = try_numbered_backref(p);
    if (node) return node;
    if (p->unicode_mode) return fail_node(p, "Invalid escape");
    break;
  }
  case 'k':
    if (!p->unicode_mode) regexp_scan_captures(p);
    if (!p->unicode_mode && !p->has_names) break;
    p->pos++;
    return parse_named_backref(p);
  case 'p':
  case 'P':
    if (!p->unicode_mode) break;
    FALLTHROUGH;
  case 'd':
  case 'D':
  case 's':
  case 'S':
  case 'w':
  case 'W': p->pos++; return regexp_escape_class_node(p, c);
  default: break;
  }
  return regexp_character_escape(p, false, &cp) ? regexp_char_node(p, cp) : NULL;
}

// At `{`: a whole {n}, {n,} or {n,m}, or nothing is read.
static bool read_interval(RegexpParser *p, u32 *min, u32 *max) {
  u32 start = p->pos, bounds[2] = {0, 0}, digits[2] = {0, 0}, i = 0;
  p->pos++;
  for (;;) {
    u32 digit = regexp_peek(p, 0) - '0';
    if (digit < 10) {
      bounds[i] = regexp_sat_add(regexp_sat_mul(bounds[i], 10), digit);
      digits[i]++;
      p->pos++;
    } else if (i || !regexp_eat(p, ',')) {
      break;
    } else {
      i = 1;
    }
  }
  if (!digits[0] || !regexp_eat(p, '}')) {
    p->pos = start;
    return false;
  }
  *min = bounds[0];
  *max = !i ? bounds[0] : digits[1] ? bounds[1] : REGEXP_INFINITE;
  return true;
}

// 1 if a quantifier was read, 0 if there is none, -1 after an error.
static int parse_quantifier(RegexpParser *p, u32 *min, u32 *max) {
  u32 c = regexp_peek(p, 0);
  *min = c == '+';
  *max = c == '?' ? 1 : REGEXP_INFINITE;
  if (c == '*' || c == '+' || c == '?') {
    p->pos++;
    return 1;
  }
  if (c != '{') return 0;
  if (read_interval(p, min, max)) {
    if (*max >= *min) return 1;
    regexp_fail(p, "numbers out of order in {} quantifier");
    return -1;
  }
  if (!p->unicode_mode) return 0;
  regexp_fail(p, "Incomplete quantifier");
  return -1;
}

static RegexpNode *parse_repeat(RegexpParser *p, RegexpNode *atom, u32 capture_first) {
  u32 min, max;
  int found = parse_quantifier(p, &min, &max);
  if (found <= 0) return found ? NULL : atom;
  bool greedy = !regexp_eat(p, '?');
  u32 min_length = regexp_sat_mul(atom->min_length, min), max_length = regexp_sat_mul(atom->max_length, max);
  RegexpNode *node = wrap(p, REGEXP_REPEAT, atom, capture_first);
  node->flag = greedy;
  node->min = min;
  node->max = max;
  node->min_length = min_length;
  node->max_length = max_length;
  return node;
}

static RegexpNode *parse_literal(RegexpParser *p) { return regexp_char_node(p, regexp_next_char(p, p->unicode_mode)); }

static RegexpNode *parse_brace(RegexpParser *p) {
  u32 min, max;
  if (read_interval(p, &min, &max)) return fail_node(p, "Nothing to repeat");
  return p->unicode_mode ? fail_node(p, "Lone quantifier brackets") : parse_literal(p);
}

static RegexpNode *parse_atom(RegexpParser *p, bool *quantifiable) {
  bool ahead = false, behind = false;
  RegexpNode *node;
  u32 c = regexp_peek(p, 0);
  switch (c) {
  case '^':
  case '$':
    p->pos++;
    *quantifiable = false;
    return assertion_node(p, c == '^' ? REGEXP_LINE_START : REGEXP_LINE_END, p->flags & REGEXP_MULTILINE);
  case '(':
    p->pos++;
    node = parse_group(p, &ahead, &behind);
    *quantifiable = !behind && !(ahead && p->unicode_mode);
    return node;
  case '*':
  case '+':
  case '?': return fail_node(p, "Nothing to repeat");
  case '{': return parse_brace(p);
  case '}':
  case ']': return p->unicode_mode ? fail_node(p, "Lone quantifier brackets") : parse_literal(p);
  case '[': p->pos++; return regexp_class_node(p);
  case '.': p->pos++; return regexp_dot_node(p);
  case '\\': p->pos++; return parse_atom_escape(p, quantifiable);
  default: return parse_literal(p);
  }
}

static RegexpNode *parse_alternative(RegexpParser *p) {
  RegexpNode *first = NULL, **tail = &first;
  u32 count = 0, min_length = 0, max_length = 0, capture_first = p->capture_count;
  for (;;) {
    u32 c = regexp_peek(p, 0);
    if (c == REGEXP_END || c == '|' || c == ')') break;
    bool quantifiable = true;
    u32 atom_captures = p->capture_count;
    RegexpNode *node = parse_atom(p, &quantifiable);
    if (node && quantifiable) node = parse_repeat(p, node, atom_captures);
    if (!node) return NULL;
    min_length = regexp_sat_add(min_length, node->min_length);
    max_length = regexp_sat_add(max_length, node->max_length);
    *tail = node;
    tail = &node->next;
    count++;
  }
  if (!count) return regexp_new_node(p, REGEXP_EMPTY);
  if (count == 1) return first;
  RegexpNode *sequence = wrap(p, REGEXP_SEQUENCE, first, capture_first);
  sequence->child_count = count;
  sequence->min_length = min_length;
  sequence->max_length = max_length;
  return sequence;
}

// Named groups of an alternative are out of the way of those of the alternatives beside it.
static void hide_names(RegexpParser *p, u32 first) {
  for (u32 i = first; i < p->names.len; i++) {
    if (!p->names.data[i].hidden) p->names.data[i].hidden = p->depth;
  }
}

static void show_names(RegexpParser *p, u32 first) {
  for (u32 i = first; i < p->names.len; i++) {
    if (p->names.data[i].hidden == p->depth) p->names.data[i].hidden = 0;
  }
}

static RegexpNode *parse_alternatives(RegexpParser *p) {
  u32 first_name = p->names.len, capture_first = p->capture_count;
  RegexpNode *first = parse_alternative(p);
  if (!first || regexp_peek(p, 0) != '|') return first;
  RegexpNode *last = first;
  u32 count = 1, min_length = first->min_length, max_length = first->max_length;
  while (regexp_eat(p, '|')) {
    hide_names(p, first_name);
    RegexpNode *node = parse_alternative(p);
    if (!node) return NULL;
    min_length = MIN(min_length, node->min_length);
    max_length = MAX(max_length, node->max_length);
    last->next = node;
    last = node;
    count++;
  }
  show_names(p, first_name);
  RegexpNode *node = wrap(p, REGEXP_ALTERNATION, first, capture_first);
  node->child_count = count;
  node->min_length = min_length;
  node->max_length = max_length;
  return node;
}

static RegexpNode *parse_disjunction(RegexpParser *p) {
  if (p->depth >= REGEXP_NESTING_MAX) return fail_node(p, "Regular expression too large");
  p->depth++;
  RegexpNode *node = parse_alternatives(p);
  p->depth--;
  return node;
}

// ---- Doors

static bool resolve_use(RegexpParser *p, const RegexpNameUse *use) {
  u32 count = 0;
  for (u32 i = 0; i < p->names.len; i++) count += same_name(&p->names.data[i].name, &use->name);
  if (!count) return regexp_fail(p, "Invalid named capture referenced");
  if (p->check_only) return true;
  u16 *groups = ARENA_ARRAY(p->arena, u16, count);
  use->node->groups = groups;
  use->node->group_count = count;
  for (u32 i = 0; i < p->names.len; i++) {
    if (same_name(&p->names.data[i].name, &use->name)) *groups++ = (u16)p->names.data[i].name.capture;
  }
  return true;
}

static RegexpNode *parse_pattern(RegexpParser *p) {
  RegexpNode *root = parse_disjunction(p);
  if (!root) return NULL;
  if (p->pos < p->length) return fail_node(p, "Unmatched ')'");
  for (u32 i = 0; i < p->uses.len; i++) {
    if (!resolve_use(p, &p->uses.data[i])) return NULL;
  }
  return root;
}

static void fill_tree(RegexpParser *p, RegexpNode *root, RegexpTree *tree) {
  RegexpGroupName *names = ARENA_ARRAY(p->arena, RegexpGroupName, p->names.len);
  for (u32 i = 0; i < p->names.len; i++) names[i] = p->names.data[i].name;
  *tree = (RegexpTree){
      .root = root,
      .flags = p->flags,
      .capture_count = p->capture_count,
      .has_backrefs = p->has_backrefs,
      .has_lookaround = p->has_lookaround,
      .names = names,
      .name_count = p->names.len,
  };
}

static void init_parser(RegexpParser *p, Arena *arena, const void *chars, bool is_utf16, u32 length, u32 flags) {
  *p = (RegexpParser){.arena = arena, .chars = chars, .length = length, .flags = flags, .is_utf16 = is_utf16, .capture_count = 1};
  p->unicode_mode = flags & REGEXP_UNICODE_MODE;
  p->sets_mode = flags & REGEXP_UNICODE_SETS;
}

static bool finish_parser(RegexpParser *p, RegexpNode *root, const char **message) {
  vec_free(&p->names);
  vec_free(&p->uses);
  if (root) return true;
  *message = p->message;
  return false;
}

bool regexp_syntax_parse(Arena *arena, const void *chars, bool is_utf16, u32 length, u32 flags, RegexpTree *tree,
                         const char **message) {
  RegexpParser p;
  init_parser(&p, arena, chars, is_utf16, length, flags);
  RegexpNode *root = parse_pattern(&p);
  if (root) fill_tree(&p, root, tree);
  return finish_parser(&p, root, message);
}

bool regexp_syntax_check(Arena *arena, const void *chars, bool is_utf16, u32 length, const void *flags, u32 flags_length,
                         const char **message) {
  u32 bits;
  if (!regexp_flags_parse(flags, is_utf16, flags_length, &bits)) {
    *message = "Invalid flags";
    return false;
  }
  RegexpParser p;
  init_parser(&p, arena, chars, is_utf16, length, bits);
  p.check_only = true;
  return finish_parser(&p, parse_pattern(&p), message);
}

bool regexp_flags_parse(const void *flags, bool is_utf16, u32 length, u32 *out) {
  static const char letters[] = "dgimsuvy";
  u32 bits = 0;
  for (u32 i = 0; i < length; i++) {
    u32 c = is_utf16 ? ((const u16 *)flags)[i] : ((const u8 *)flags)[i];
    const char *at = c && c < 0x80 ? strchr(letters, (int)c) : NULL;
    if (!at || bits & 1u << (at - letters)) return false;
    bits |= 1u << (at - letters);
  }
  if ((bits & REGEXP_UNICODE_MODE) == REGEXP_UNICODE_MODE) return false;
  *out = bits;
  return true;
}
