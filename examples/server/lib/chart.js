// SPDX-License-Identifier: MIT
// Charts as SVG, without a library: groups of bars, or lines over categories, on a logarithmic scale.
'use strict';
const { round } = require('./statistics.js');

const COLORS = ['#3b76af', '#d1605e', '#6aa56e', '#b08430'];
const WIDTH = 720, HEIGHT = 360, LEFT = 70, RIGHT = 20, TOP = 64, BOTTOM = 48;

const escape = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const text = (x, y, what, more = '') => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escape(what)}</text>`;

// {title, unit, categories: [name], series: [{name, values}], lines: boolean}
function chart({ title, unit, categories, series, lines = false }) {
  const values = series.flatMap((s) => s.values).filter((v) => v > 0);
  const low = Math.floor(Math.log10(Math.min(...values))), high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const y = (v) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (Math.log10(Math.max(v, 10 ** low)) - low) / (high - low));
  const step = (WIDTH - LEFT - RIGHT) / categories.length, middle = (i) => LEFT + step * (i + 0.5);
  const out = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">`,
    '<rect width="100%" height="100%" fill="white"/>', text(LEFT, 22, title, 'font-size="15" font-weight="bold"')];
  for (let power = low; power <= high; power++) {
    const at = y(10 ** power);
    out.push(`<path d="M${LEFT} ${at.toFixed(1)}H${WIDTH - RIGHT}" stroke="#ddd"/>`, text(LEFT - 6, at + 4, `${10 ** power >= 1 ? 10 ** power : (10 ** power).toFixed(-power)} ${unit}`, 'text-anchor="end"'));
  }
  categories.forEach((name, i) => out.push(text(middle(i), HEIGHT - BOTTOM + 20, name, 'text-anchor="middle"')));
  series.forEach((s, k) => {
    const color = COLORS[k % COLORS.length], left = LEFT + k * 150;
    out.push(`<rect x="${left}" y="34" width="12" height="12" fill="${color}"/>`, text(left + 18, 44, s.name));
    if (lines) out.push(`<polyline fill="none" stroke="${color}" stroke-width="2" points="${s.values.map((v, i) => `${middle(i).toFixed(1)},${y(v).toFixed(1)}`).join(' ')}"/>`);
    s.values.forEach((v, i) => {
      const width = Math.min(60, step * 0.8 / series.length), x = lines ? middle(i) : middle(i) + (k - (series.length - 1) / 2) * width;
      if (lines) out.push(`<circle cx="${x.toFixed(1)}" cy="${y(v).toFixed(1)}" r="3.5" fill="${color}"/>`);
      else out.push(`<rect x="${(x - width / 2 + 2).toFixed(1)}" y="${y(v).toFixed(1)}" width="${(width - 4).toFixed(1)}" height="${Math.max(0, HEIGHT - BOTTOM - y(v)).toFixed(1)}" fill="${color}"/>`);
      out.push(text(x, y(v) - 6, round(v), 'text-anchor="middle" font-size="11"'));
    });
  });
  return `${out.join('\n')}\n</svg>\n`;
}

module.exports = { chart };
