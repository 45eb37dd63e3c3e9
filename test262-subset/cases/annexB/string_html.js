// SPDX-License-Identifier: MIT
/*---
description: The methods that make HTML.
---*/
assert.sameValue("a".anchor('"'), '<a name="&quot;">a</a>');
assert.sameValue("a".big() + "a".blink() + "a".bold(), "<big>a</big><blink>a</blink><b>a</b>");
assert.sameValue("a".fixed() + "a".italics() + "a".small(), "<tt>a</tt><i>a</i><small>a</small>");
assert.sameValue("a".strike() + "a".sub() + "a".sup(), "<strike>a</strike><sub>a</sub><sup>a</sup>");
assert.sameValue("a".fontcolor("red"), '<font color="red">a</font>');
assert.sameValue("a".fontsize(7), '<font size="7">a</font>');
assert.sameValue("a".link("u"), '<a href="u">a</a>');
