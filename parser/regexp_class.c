// SPDX-License-Identifier: MIT
// Sets of characters in patterns: `.`, \d \s \w \p{}, [...] and, with v, classes as expressions over sets of strings.
// Under i a set is closed over case where ECMA-262 folds it: with v each operand, otherwise the finished class before
// it is complemented. A closed set says the same as a folded one, and the matcher needs no folding.
#include "parser/regexp_syntax_internal.h"

typedef struct ClassSet {
  UnicodeSet chars;
  UnicodeStrings strings; // of any length but one
  bool may_contain_strings;
} ClassSet;

static const u32 digit_ranges[] = {'0', '9'};
static const u32 word_ranges[] = {'0', '9', 'A', 'Z', '_', '_', 'a', 'z'};
static const u32 folded_word_ranges[] = {'0', '9', 'A', 'Z', '_', '_', 'a', 'z', 0x17F, 0x17F, 0x212A, 0x212A};
static const u32 space_ranges[] = {9,      13,     32,     32,     0xA0,   0xA0,   0x1680, 0x1680, 0x2000, 0x200A,
                                   0x2028, 0x2029, 0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF};
static const u32 dot_ranges[] = {0, 9, 11, 12, 14, 0x2027, 0x202A, UTF_MAX};
static const u32 all_ranges[] = {0, UTF_MAX};

static bool folds(const RegexpParser *p) { return p->flags & REGEXP_IGNORE_CASE; }

static RegexpNode *const_set_node(RegexpParser *p, const u32 *ranges, u32 count) {
  RegexpNode *node = regexp_new_node(p, REGEXP_SET);
  node->min_length = node->max_length = 1;
  node->ranges = ranges;
  node->range_count = count;
  return node;
}

static RegexpNode *set_node(RegexpParser *p, const UnicodeSet *set) {
  if (p->check_only) return const_set_node(p, NULL, 0);
  u32 *ranges = ARENA_ARRAY(p->arena, u32, set->len);
  if (set->len) memcpy(ranges, set->data, set->len * sizeof(u32));
  return const_set_node(p, ranges, set->len / 2);
}

RegexpNode *regexp_dot_node(RegexpParser *p) {
  if (p->flags & REGEXP_DOT_ALL) return const_set_node(p, all_ranges, 1);
  return const_set_node(p, dot_ranges, ARRAY_LEN(dot_ranges) / 2);
}

// ---- Case

// Text in ASCII is closed by hand: looking at all of Unicode costs more than compiling the rest of the pattern.
static bool close_ascii(UnicodeSet *set, bool unicode_mode) {
  if (set->len && set->data[set->len - 1] >= 0x80) return false;
  u32 letters[2] = {0, 0}; // bit per letter: upper, lower
  for (u32 i = 0; i < set->len; i += 2) {
    for (u32 c = set->data[i]; c <= set->data[i + 1]; c++) {
      if (c - 'A' < 26) letters[0] |= 1u << (c - 'A');
      if (c - 'a' < 26) letters[1] |= 1u << (c - 'a');
    }
  }
  u32 either = letters[0] | letters[1];
  for (u32 i = 0; i < 26; i++) {
    if (!(either >> i & 1)) continue;
    unicode_set_add(set, 'A' + i, 'A' + i);
    unicode_set_add(set, 'a' + i, 'a' + i);
  }
  if (unicode_mode && (either & 1u << ('k' - 'a'))) unicode_set_add(set, 0x212A, 0x212A);
  if (unicode_mode && (either & 1u << ('s' - 'a'))) unicode_set_add(set, 0x17F, 0x17F);
  unicode_set_normalize(set);
  return true;
}

static void close_over_case(RegexpParser *p, UnicodeSet *set) {
  unicode_set_normalize(set);
  if (!p->check_only && !close_ascii(set, p->unicode_mode)) unicode_set_close_over_case(set, p->unicode_mode);
}

// ---- Escapes that are sets

static void set_from(UnicodeSet *set, const u32 *ranges, u32 n) {
  for (u32 i = 0; i < n; i += 2) unicode_set_add(set, ranges[i], ranges[i + 1]);
}

static void escape_set(RegexpParser *p, u32 letter, UnicodeSet *set) {
  bool wide_word = p->unicode_mode && folds(p);
  switch (letter | 32) {
  case 'd': set_from(set, digit_ranges, ARRAY_LEN(digit_ranges)); break;
  case 's': set_from(set, space_ranges, ARRAY_LEN(space_ranges)); break;
  default:
    if (wide_word) {
      set_from(set, folded_word_ranges, ARRAY_LEN(folded_word_ranges));
    } else {
      set_from(set, word_ranges, ARRAY_LEN(word_ranges));
    }
  }
  if (!(letter & 32)) unicode_set_invert(set);
}

static bool is_property_char(u32 c) { return c < 0x80 && ((c | 32) - 'a' < 26 || c - '0' < 10 || c == '_'); }

enum { PROPERTY_NAME_MAX = 64 };
typedef struct PropertyText {
  char text[PROPERTY_NAME_MAX + 1];
  u32 length;
} PropertyText;

static void read_property_text(RegexpParser *p, PropertyText *out) {
  out->length = 0;
  while (is_property_char(regexp_peek(p, 0))) {
    if (out->length < PROPERTY_NAME_MAX) out->text[out->length++] = (char)regexp_peek(p, 0);
    p->pos++;
  }
}

// Behind `\p` or `\P`: reads {Name} or {Name=Value} and adds what it stands for.
static bool read_property(RegexpParser *p, bool negated, ClassSet *out) {
  PropertyText name, value;
  value.length = 0;
  bool has_value = false, ok = regexp_eat(p, '{');
  if (ok) {
    read_property_text(p, &name);
    has_value = regexp_eat(p, '=');
    if (has_value) read_property_text(p, &value);
    ok = regexp_eat(p, '}') && name.length && (!has_value || value.length);
  }
  if (!ok) return regexp_fail(p, "Invalid property name");
  UnicodeSet *set = p->check_only ? NULL : &out->chars;
  if (unicode_property_lookup(name.text, name.length, has_value ? value.text : NULL, value.length, set)) {
    if (p->check_only) return true;
    if (p->sets_mode && folds(p)) close_over_case(p, set);
    if (negated) unicode_set_invert(set);
    return true;
  }
  if (has_value || negated || !p->sets_mode) return regexp_fail(p, "Invalid property name");
  if (!unicode_string_property_lookup(name.text, name.length, set, p->check_only ? NULL : &out->strings)) {
    return regexp_fail(p, "Invalid property name");
  }
  out->may_contain_strings = true;
  if (set && folds(p)) close_over_case(p, set);
  return true;
}

// ---- Sets of strings

static void free_class(ClassSet *set) {
  unicode_set_free(&set->chars);
  vec_free(&set->strings);
}

static void add_string(UnicodeStrings *strings, const u32 *cps, u32 n) {
  vec_push(strings, n);
  for (u32 i = 0; i < n; i++) vec_push(strings, cps[i]);
  strings->count++;
}

static bool has_string(const UnicodeStrings *strings, const u32 *cps, u32 n) {
  for (u32 i = 0; i < strings->len; i += strings->data[i] + 1) {
    if (strings->data[i] == n && (!n || !memcmp(strings->data + i + 1, cps, n * sizeof(u32)))) return true;
  }
  return false;
}

static void fold_strings(UnicodeStrings *strings) {
  for (u32 i = 0; i < strings->len; i += strings->data[i] + 1) {
    for (u32 k = 1; k <= strings->data[i]; k++) strings->data[i + k] = unicode_simple_fold(strings->data[i + k]);
  }
}

static void union_strings(UnicodeStrings *to, const UnicodeStrings *from) {
  for (u32 i = 0; i < from->len; i += from->data[i] + 1) {
    const u32 *cps = from->data + i + 1;
    if (!has_string(to, cps, from->data[i])) add_string(to, cps, from->data[i]);
  }
}

// Keeps the strings whose membership in `other` is `keep`.
static void filter_strings(UnicodeStrings *strings, const UnicodeStrings *other, bool keep) {
  UnicodeStrings result = {0};
  for (u32 i = 0; i < strings->len; i += strings->data[i] + 1) {
    const u32 *cps = strings->data + i + 1;
    if (has_string(other, cps, strings->data[i]) == keep) add_string(&result, cps, strings->data[i]);
  }
  vec_free(strings);
  *strings = result;
}

static RegexpNode *string_node(RegexpParser *p, const u32 *cps, u32 n) {
  if (!n) return regexp_new_node(p, REGEXP_EMPTY);
  RegexpNode *first = NULL, **tail = &first;
  for (u32 i = 0; i < n; i++) {
    *tail = regexp_char_node(p, cps[i]);
    tail = &(*tail)->next;
  }
  RegexpNode *node = regexp_new_node(p, REGEXP_SEQUENCE);
  node->child = first;
  node->child_count = n;
  node->min_length = node->max_length = n;
  return node;
}

static u32 longest_string(const UnicodeStrings *strings) {
  u32 longest = 0;
  for (u32 i = 0; i < strings->len; i += strings->data[i] + 1) longest = MAX(longest, strings->data[i]);
  return longest;
}

// A choice of the strings, longest first, with the single characters where their length puts them.
static RegexpNode *class_set_node(RegexpParser *p, const ClassSet *set) {
  if (!set->strings.count || p->check_only) return set_node(p, &set->chars);
  RegexpNode *node = regexp_new_node(p, REGEXP_ALTERNATION), **tail = &node->child;
  for (u32 length = MAX(longest_string(&set->strings), 1u) + 1; length-- > 0;) {
    if (length == 1 && set->chars.len) {
      *tail = set_node(p, &set->chars);
      tail = &(*tail)->next;
      node->child_count++;
      continue;
    }
    for (u32 i = 0; i < set->strings.len; i += set->strings.data[i] + 1) {
      if (set->strings.data[i] != length) continue;
      *tail = string_node(p, set->strings.data + i + 1, length);
      tail = &(*tail)->next;
      node->child_count++;
    }
  }
  node->min_length = REGEXP_INFINITE;
  for (const RegexpNode *child = node->child; child; child = child->next) {
    node->min_length = MIN(node->min_length, child->min_length);
    node->max_length = MAX(node->max_length, child->max_length);
  }
  return node;
}

RegexpNode *regexp_escape_class_node(RegexpParser *p, u32 letter) {
  RegexpNode *node;
  ClassSet set = {0};
  if ((letter | 32) == 'p') {
    bool ok = read_property(p, letter == 'P', &set);
    if (ok && folds(p) && !p->sets_mode) close_over_case(p, &set.chars);
    node = ok ? class_set_node(p, &set) : NULL;
  } else if (p->check_only) {
    node = const_set_node(p, NULL, 0);
  } else {
    escape_set(p, letter, &set.chars);
    node = set_node(p, &set.chars);
  }
  free_class(&set);
  return node;
}

// ---- Classes without v

typedef struct ClassAtom {
  bool is_set;
  u32 cp;
} ClassAtom;

static bool is_set_escape(const RegexpParser *p, u32 c) {
  switch (c) {
  case 'd':
  case 'D':
  case 's':
  case 'S':
  case 'w':
  case 'W': return true;
  case 'p':
  case 'P': return p->unicode_mode;
  default: return false;
  }
}

// At the letter behind `\`: adds the set.
static bool add_set_escape(RegexpParser *p, ClassSet *out) {
  u32 letter = regexp_peek(p, 0);
  p->pos++;
  ClassSet part = {0};
  bool ok = true;
  if ((letter | 32) == 'p') {
    ok = read_property(p, letter == 'P', &part);
    if (!ok) p->message = "Invalid property name in character class";
  } else if (!p->check_only) {
    escape_set(p, letter, &part.chars);
  }
  if (ok && !p->check_only) {
    unicode_set_normalize(&out->chars);
    unicode_set_union(&out->chars, &part.chars);
    if (folds(p)) fold_strings(&part.strings);
    union_strings(&out->strings, &part.strings);
  }
  out->may_contain_strings |= part.may_contain_strings;
  free_class(&part);
  return ok;
}

static bool read_class_atom(RegexpParser *p, ClassSet *set, ClassAtom *atom) {
  *atom = (ClassAtom){0};
  if (!regexp_eat(p, '\\')) {
    atom->cp = regexp_next_char(p, p->unicode_mode);
    return true;
  }
  u32 c = regexp_peek(p, 0);
  if (is_set_escape(p, c)) {
    atom->is_set = true;
    return add_set_escape(p, set);
  }
  if (c == 'b') {
    p->pos++;
    atom->cp = '\b';
    return true;
  }
  return regexp_character_escape(p, true, &atom->cp);
}

static void add_range(RegexpParser *p, UnicodeSet *set, u32 first, u32 last) {
  if (!p->check_only) unicode_set_add(set, first, last);
}

static void add_atom(RegexpParser *p, ClassSet *set, const ClassAtom *atom) {
  if (!atom->is_set) add_range(p, &set->chars, atom->cp, atom->cp);
}

static bool read_class_ranges(RegexpParser *p, ClassSet *set) {
  for (;;) {
    if (p->pos >= p->length) return regexp_fail(p, "Unterminated character class");
    if (regexp_eat(p, ']')) return true;
    ClassAtom first, last;
    if (!read_class_atom(p, set, &first)) return false;
    if (regexp_peek(p, 0) != '-' || regexp_peek(p, 1) == ']' || regexp_peek(p, 1) == REGEXP_END) {
      add_atom(p, set, &first);
      continue;
    }
    p->pos++;
    if (!read_class_atom(p, set, &last)) return false;
    if (first.is_set || last.is_set) {
      if (p->unicode_mode) return regexp_fail(p, "Invalid character class");
      add_atom(p, set, &first);
      add_range(p, &set->chars, '-', '-');
      add_atom(p, set, &last);
      continue;
    }
    if (first.cp > last.cp) return regexp_fail(p, "Range out of order in character class");
    add_range(p, &set->chars, first.cp, last.cp);
  }
}

static RegexpNode *plain_class_node(RegexpParser *p, bool negated) {
  ClassSet set = {0};
  RegexpNode *node = NULL;
  if (read_class_ranges(p, &set)) {
    unicode_set_normalize(&set.chars);
    if (folds(p)) close_over_case(p, &set.chars);
    if (negated && !p->check_only) unicode_set_invert(&set.chars);
    node = set_node(p, &set.chars);
  }
  free_class(&set);
  return node;
}

// ---- Classes with v

static bool read_class_set(RegexpParser *p, ClassSet *set);

static bool is_double_punctuator(const RegexpParser *p) {
  u32 c = regexp_peek(p, 0);
  return c < 0x80 && c && c == regexp_peek(p, 1) && strchr("&!#$%*+,.:;<=>?@^`~", (int)c);
}

// A ClassSetCharacter; in \q{} too.
static bool read_set_character(RegexpParser *p, u32 *cp) {
  u32 c = regexp_peek(p, 0);
  if (c == REGEXP_END) return regexp_fail(p, "Unterminated character class");
  if (c == '\\') {
    u32 escaped = regexp_peek(p, 1);
    if (escaped == 'b') {
      p->pos += 2;
      *cp = '\b';
      return true;
    }
    if (escaped < 0x80 && escaped && strchr("&-!#%,:;<=>@`~", (int)escaped)) {
      p->pos += 2;
      *cp = escaped;
      return true;
    }
    p->pos++;
    return regexp_character_escape(p, true, cp);
  }
  if (is_double_punctuator(p)) return regexp_fail(p, "Invalid set operation in character class");
  if (c < 0x80 && c && strchr("()[]{}/-|", (int)c)) return regexp_fail(p, "Invalid character in character class");
  *cp = regexp_next_char(p, true);
  return true;
}

// Behind `\q`.
static bool read_class_strings(RegexpParser *p, ClassSet *set) {
  if (!regexp_eat(p, '{')) return regexp_fail(p, "Invalid escape");
  UnicodeSet text = {0}; // a mere list of code points here
  bool ok = true;
  for (;;) {
    u32 c = regexp_peek(p, 0), cp;
    if (c == '|' || c == '}') {
      if (text.len != 1) set->may_contain_strings = true;
      if (text.len == 1) {
        add_range(p, &set->chars, text.data[0], text.data[0]);
      } else if (!p->check_only && !has_string(&set->strings, text.data, text.len)) {
        add_string(&set->strings, text.data, text.len);
      }
      text.len = 0;
      p->pos++;
      if (c == '}') break;
      continue;
    }
    ok = read_set_character(p, &cp);
    if (!ok) break;
    vec_push(&text, folds(p) && p->sets_mode && !p->check_only ? unicode_simple_fold(cp) : cp);
  }
  unicode_set_free(&text);
  unicode_set_normalize(&set->chars);
  if (folds(p)) close_over_case(p, &set->chars);
  return ok;
}

// `[` has been read.
static bool read_nested_class(RegexpParser *p, ClassSet *set) {
  if (p->depth >= REGEXP_NESTING_MAX) return regexp_fail(p, "Regular expression too large");
  p->depth++;
  bool ok = read_class_set(p, set);
  p->depth--;
  return ok;
}

// One operand; *is_char with *cp when it is a single character that a range may begin with (and is not in the set yet).
static bool read_set_operand(RegexpParser *p, ClassSet *set, bool *is_char, u32 *cp) {
  *is_char = false;
  if (regexp_eat(p, '[')) return read_nested_class(p, set);
  if (regexp_peek(p, 0) == '\\') {
    u32 c = regexp_peek(p, 1);
    if (c == 'q') {
      p->pos += 2;
      return read_class_strings(p, set);
    }
    if (is_set_escape(p, c)) {
      p->pos++;
      return add_set_escape(p, set);
    }
  }
  *is_char = true;
  return read_set_character(p, cp);
}

// The same, with the character put into the set.
static bool read_whole_operand(RegexpParser *p, ClassSet *set) {
  bool is_char;
  u32 cp;
  if (!read_set_operand(p, set, &is_char, &cp)) return false;
  if (is_char) {
    add_range(p, &set->chars, cp, cp);
    if (folds(p)) close_over_case(p, &set->chars);
  }
  return true;
}

static void join(RegexpParser *p, ClassSet *set, const ClassSet *part) {
  set->may_contain_strings |= part->may_contain_strings;
  if (p->check_only) return;
  unicode_set_union(&set->chars, &part->chars);
  union_strings(&set->strings, &part->strings);
}

// One operand or range of a union, into an empty set; *range tells that it was a range.
static bool read_union_part(RegexpParser *p, ClassSet *part, bool *range) {
  *range = false;
  if (p->pos >= p->length) return regexp_fail(p, "Unterminated character class");
  if (regexp_peek(p, 0) == '-') {
    bool twice = regexp_peek(p, 1) == '-';
    return regexp_fail(p, twice ? "Invalid set operation in character class" : "Invalid character in character class");
  }
  bool is_char;
  u32 cp, last;
  if (!read_set_operand(p, part, &is_char, &cp)) return false;
  if (!is_char) return true;
  last = cp;
  *range = regexp_peek(p, 0) == '-' && regexp_peek(p, 1) != '-';
  if (*range) {
    p->pos++;
    bool set_escape = regexp_peek(p, 0) == '\\' && (is_set_escape(p, regexp_peek(p, 1)) || regexp_peek(p, 1) == 'q');
    if (set_escape || regexp_peek(p, 0) == '[') return regexp_fail(p, "Invalid character class");
    if (!read_set_character(p, &last)) return false;
    if (last < cp) return regexp_fail(p, "Range out of order in character class");
  }
  add_range(p, &part->chars, cp, last);
  if (folds(p)) close_over_case(p, &part->chars);
  return true;
}

static bool read_union(RegexpParser *p, ClassSet *set) {
  while (!regexp_eat(p, ']')) {
    ClassSet part = {0};
    bool range, ok = read_union_part(p, &part, &range);
    if (ok) join(p, set, &part);
    free_class(&part);
    if (!ok) return false;
  }
  return true;
}

// At the first `&&` or `--`; the set holds the operand before it.
static bool read_operation(RegexpParser *p, ClassSet *set, u32 op) {
  while (!regexp_eat(p, ']')) {
    if (p->pos >= p->length) return regexp_fail(p, "Unterminated character class");
    if (!regexp_eat(p, op) || !regexp_eat(p, op)) return regexp_fail(p, "Invalid set operation in character class");
    if (op == '&' && regexp_peek(p, 0) == '&') return regexp_fail(p, "Invalid character in character class");
    ClassSet part = {0};
    bool ok = read_whole_operand(p, &part);
    if (ok && op == '&') set->may_contain_strings &= part.may_contain_strings;
    if (ok && !p->check_only) {
      if (op == '&') {
        unicode_set_intersect(&set->chars, &part.chars);
      } else {
        unicode_set_subtract(&set->chars, &part.chars);
      }
      filter_strings(&set->strings, &part.strings, op == '&');
    }
    free_class(&part);
    if (!ok) return false;
  }
  return true;
}

static bool at_operation(const RegexpParser *p, u32 op) { return regexp_peek(p, 0) == op && regexp_peek(p, 1) == op; }

// Behind `[` (and before `^`): ends behind `]`. What follows the first operand decides what kind of expression this is.
static bool read_class_set(RegexpParser *p, ClassSet *set) {
  bool negated = regexp_eat(p, '^'), range;
  if (!regexp_eat(p, ']')) {
    if (!read_union_part(p, set, &range)) return false;
    u32 op = range ? 0 : at_operation(p, '&') ? '&' : at_operation(p, '-') ? '-' : 0;
    if (!(op ? read_operation(p, set, op) : read_union(p, set))) return false;
  }
  if (!negated) return true;
  if (set->may_contain_strings) return regexp_fail(p, "Negated character class may contain strings");
  if (!p->check_only) unicode_set_invert(&set->chars);
  return true;
}

RegexpNode *regexp_class_node(RegexpParser *p) {
  if (!p->sets_mode) return plain_class_node(p, regexp_eat(p, '^'));
  ClassSet set = {0};
  RegexpNode *node = read_class_set(p, &set) ? class_set_node(p, &set) : NULL;
  free_class(&set);
  return node;
}
