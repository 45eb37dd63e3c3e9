// SPDX-License-Identifier: MIT
// Percentiles, and tables in Markdown.
'use strict';

// The smallest value that is not exceeded by `share` of all.
function percentile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

const round = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

function table(head, rows) {
  const all = [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows.map((row) => row.map((v) => (typeof v === 'number' ? round(v) : v)))];
  return all.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

module.exports = { percentile, round, table };
