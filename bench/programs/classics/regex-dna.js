// SPDX-License-Identifier: MIT
// Searching and rewriting DNA with regular expressions: a generated FASTA text, variants counted, codes expanded.
const SIZE = 4000;

const VARIANTS = [/agggtaaa|tttaccct/gi, /[cgt]gggtaaa|tttaccc[acg]/gi, /a[act]ggtaaa|tttacc[agt]t/gi,
  /ag[act]gtaaa|tttac[agt]ct/gi, /agg[act]taaa|ttta[agt]cct/gi, /aggg[acg]aaa|ttt[cgt]ccct/gi,
  /agggt[cgt]aa|tt[acg]accct/gi, /agggta[cgt]a|t[acg]taccct/gi, /agggtaa[cgt]|[acg]ttaccct/gi];
const CODES = {B: '(c|g|t)', D: '(a|g|t)', H: '(a|c|t)', K: '(g|t)', M: '(a|c)', N: '(a|c|g|t)', R: '(a|g)', S: '(c|g)',
  V: '(a|c|g)', W: '(a|t)', Y: '(c|t)'};

function generate(lines, seed) {
  const letters = 'acgtacgtaacgttgggtaaaBDHKMNRSVWY';
  let text = '>ONE generated sequence\n';
  for (let i = 0; i < lines; i++) {
    for (let j = 0; j < 60; j++) {
      seed = (seed * 3877 + 29573) % 139968;
      text += letters[Math.floor((seed * 32) / 139968)];
    }
    text += i % 9 === 5 ? 'agggtaaa\n' : '\n';
  }
  return text;
}

function run(n) {
  let counts = 0, length = 0, clean = '';
  for (let i = 0; i < n; i++) {
    const text = generate(10, 42 + i);
    clean = text.replace(/>.*\n|\n/g, '');
    for (const variant of VARIANTS) {
      const found = clean.match(variant);
      counts += found === null ? 0 : found.length;
    }
    length += clean.replace(/[BDHKMNRSVWY]/g, (code) => CODES[code]).length;
    length += clean.replace(/tHa[Nt]/g, '<4>').replace(/aND|caN|Ha[DS]|WaS/g, '<3>').length;
    length += clean.replace(/\|[^|][^|]*\|/g, '-').split(/gg+/).length;
  }
  return counts + ',' + length + ',' + clean.length;
}
