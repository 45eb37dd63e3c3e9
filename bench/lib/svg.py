# SPDX-License-Identifier: MIT
"""Bar charts as SVG text: horizontal bars on a logarithmic scale of ratios, with marks at 1 and at the goal."""
import math

COLORS = ["#3465a4", "#d98200", "#4e9a06", "#a40000", "#75507b", "#8f5902"]
FONT = "font-family='sans-serif' font-size='12'"


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")


def ratio_chart(title, rows, series, marks=(1.0,)):
    """rows: [(label, [ratio or None for each of series])]. Bars start at 1: right is faster than the peer."""
    values = [value for _, ratios in rows for value in ratios if value] + list(marks)
    low, high = min(values + [0.5]) * 0.9, max(values + [2.0]) * 1.1
    left, plot, bar = 170, 560, 11
    step = bar * len(series) + 8
    top = 64
    height = top + step * len(rows) + 34

    def x(value):
        return left + plot * math.log(value / low) / math.log(high / low)

    out = [f"<svg xmlns='http://www.w3.org/2000/svg' width='{left + plot + 70}' height='{height}' {FONT}>",
           "<rect width='100%' height='100%' fill='#ffffff'/>",
           f"<text x='12' y='22' font-size='15' font-weight='bold' fill='#222'>{escape(title)}</text>"]
    at = 12
    for index, name in enumerate(series):
        out.append(f"<rect x='{at}' y='34' width='12' height='12' fill='{COLORS[index % len(COLORS)]}'/>")
        out.append(f"<text x='{at + 17}' y='44' fill='#222'>{escape(name)}</text>")
        at += 40 + 7 * len(name)
    for tick in (0.1, 0.25, 0.5, 0.7, 1, 1.3, 2, 3, 4, 6, 8, 12, 16, 32, 64):
        if not low < tick < high:
            continue
        strong = tick in marks
        out.append(f"<line x1='{x(tick):.1f}' x2='{x(tick):.1f}' y1='{top - 6}' y2='{height - 26}' "
                   f"stroke='{'#555' if strong else '#ddd'}' stroke-dasharray='{'4 3' if strong and tick != 1 else 'none'}'/>")
        out.append(f"<text x='{x(tick):.1f}' y='{height - 10}' text-anchor='middle' fill='#555'>{tick:g}</text>")
    for row, (label, ratios) in enumerate(rows):
        y = top + row * step
        middle = y + bar * len(series) / 2 + 4
        out.append(f"<text x='{left - 8}' y='{middle:.1f}' text-anchor='end' fill='#222'>{escape(label)}</text>")
        for index, value in enumerate(ratios):
            if not value:
                continue
            start, end = sorted((x(1.0), x(value)))
            out.append(f"<rect x='{start:.1f}' y='{y + index * bar}' width='{max(end - start, 1):.1f}' height='{bar - 2}' "
                       f"fill='{COLORS[index % len(COLORS)]}'/>")
            out.append(f"<text x='{end + 4:.1f}' y='{y + index * bar + 9}' font-size='9' fill='#444'>{value:.2f}</text>")
    out.append("</svg>")
    return "\n".join(out) + "\n"
