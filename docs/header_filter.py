#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints weft.h with its comments in Doxygen's form, for docs/Doxyfile: header_filter.py FILE.
With --bare it prints the names of the functions, types and macros that have no comment.

How the header is read: `/* ---- Values ---- */` begins a chapter. A comment that stands before declarations belongs to all of them, up
to the next comment or empty line; one behind a declaration, field or argument belongs to that. Struct fields may go without one. The first
comment of the header is the reference's first page.
"""
import re
import sys

CHAPTER = re.compile(r'/\* -{3,} (.*?) -{3,} \*/$')
OPENING = re.compile(r'^(extern "C" \{|\})$')
DECLARED = [
    re.compile(r'\b(weft_\w+)\s*\('),                    # a function
    re.compile(r'\}\s*(\w+)\s*;'),                       # typedef struct { ... } Name;
    re.compile(r'\(\s*\*\s*(\w+)\s*\)\s*\('),            # typedef R (*Name)(...)
    re.compile(r'typedef\b[^;{]*?\b(\w+)\s*;'),
    re.compile(r'#define\s+(WEFT_\w+)'),
    re.compile(r'^enum\s*\{\s*(\w+)'),
]


def escape(text):
    """Markdown keeps what stands between backquotes; elsewhere these would be commands and tags."""
    parts = re.split(r'(`[^`]*`)', text)
    return ''.join(part if i % 2 else re.sub(r'([\\@#])', r'\\\1', part.replace('<', '\\<').replace('>', '\\>'))
                   for i, part in enumerate(parts))


def words_of(comment):
    """The text of a block comment, without its stars."""
    return '\n'.join(re.sub(r'^\s*\* ?', '', line) for line in comment.strip()[2:-2].split('\n')).strip()


class Header:
    def __init__(self, text):
        self.lines = text.split('\n')
        self.at = 0
        self.out = []
        self.chapter = False
        self.bare = []

    def comment(self):
        """The comment that begins at this line, and goes to the line behind it."""
        first = self.at
        while '*/' not in self.lines[self.at]:
            self.at += 1
        self.at += 1
        return '\n'.join(self.lines[first:self.at])

    def declaration(self):
        """Lines up to the `;` (or, of a macro, the end) of the declaration that begins here, with comments inside."""
        first, depth = self.at, 0
        if self.lines[first].startswith('#'):
            while self.lines[self.at].endswith('\\'):
                self.at += 1
            self.at += 1
            return '\n'.join(self.lines[first:self.at])
        while True:
            line = self.lines[self.at]
            self.at += 1
            code = re.sub(r'/\*.*?\*/', '', line)
            comment_open = '/*' in code
            code = code.partition('/*')[0]
            while comment_open and '*/' not in self.lines[self.at]:
                self.at += 1
            if comment_open:
                self.at += 1
            depth += code.count('{') - code.count('}')
            if depth == 0 and code.rstrip().endswith(';'):
                return '\n'.join(self.lines[first:self.at])

    def name(self, declaration):
        code = re.sub(r'/\*.*?\*/', '', declaration, flags=re.S)
        code = re.sub(r'WEFT_PRINTF\([^)]*\)', '', code)
        for pattern in DECLARED:
            match = pattern.search(code)
            if match:
                return match.group(1)
        return None

    def write(self, declaration, words):
        """One declaration with its comment, and with the comments inside of it."""
        pieces = re.split(r'(/\*.*?\*/)', declaration, flags=re.S)
        body, behind = [], ''
        for i, piece in enumerate(pieces):
            if i % 2 == 0:
                body.append(piece)
                continue
            before = ''.join(pieces[:i])
            if i == len(pieces) - 2 and not pieces[-1].strip() and before.count('{') == before.count('}'):
                behind = words_of(piece)
            elif before.rsplit('\n', 1)[-1].strip():
                body.append('/**< ' + escape(words_of(piece)) + ' */')
            else:
                body.append('/** ' + escape(words_of(piece)) + ' */')
        words = '\n\n'.join(filter(None, (words, behind)))
        if words:
            self.out.append('/** ' + escape(words) + ' */')
        elif self.name(declaration):
            self.bare.append(self.name(declaration))
        self.out.append(''.join(body).rstrip())

    def begin_chapter(self, title):
        slug = re.sub(r'\W+', '_', title.lower()).strip('_')
        self.out.append(('/** @} */\n' if self.chapter else '') + f'/** @defgroup {slug} {title}\n * @{{ */')
        self.chapter = True

    def run(self):
        words, seen = '', False
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.startswith('/*'):
                comment = self.comment()
                chapter = CHAPTER.match(comment)
                if chapter:
                    self.begin_chapter(chapter.group(1))
                    words = ''
                elif not seen:
                    title, _, rules = escape(words_of(comment)).partition('\n')
                    self.out.append(f'/** @file\n{title} */\n/** @mainpage The embedding API\n{title}\n\n{rules} */')
                    seen = True
                else:
                    words = words_of(comment)
                continue
            plain = not line.strip() or line.startswith('//') or OPENING.match(line)
            if plain or (line.startswith('#') and not re.match(r'#define WEFT_\w+ ', line)):
                if not line.strip():
                    words = ''
                if self.chapter and line == '#ifdef __cplusplus':
                    self.out.append('/** @} */')
                    self.chapter = False
                self.out.append(line if not line.startswith('//') else '')
                self.at += 1
                continue
            self.write(self.declaration(), words)


def main(arguments):
    bare = '--bare' in arguments
    path = [a for a in arguments if not a.startswith('--')][0]
    with open(path, encoding='utf-8') as file:
        header = Header(file.read())
    header.run()
    # Two are there for the compiler.
    names = [name for name in header.bare if name not in ('WEFT_API', 'WEFT_PRINTF')]
    print('\n'.join(names if bare else header.out))


if __name__ == '__main__':
    main(sys.argv[1:])
