// SPDX-License-Identifier: MIT
// cheerio: loading HTML and XML, selectors, traversing, changing, forms, data, text, and how bad HTML is repaired.
// entries: cjs esm
'use strict';
const {run, show, sweep, small} = require('./lib/harness.js');
const {markdown} = require('./lib/inputs.js');
const {marked} = require('marked');

const PAGE = `<!doctype html><html lang=en><head><title>Fruits &amp; more</title><style>p > a {}</style><script>if (a < b) x();</script></head><body>
<ul id="fruits" class="list big"><li class="apple" data-price="1.5" data-info='{"a":[1]}'>Apple</li><li class="orange">Orange <b>ripe</b></li><li class="pear" hidden>Pear</li></ul>
<form action="/go"><input name="a" value="1"><input name="b" type="checkbox" checked value="x"><input type="radio" name="c" value="no"><select name="s" multiple><option selected>one<option value="2" selected>two</select><textarea name="t">te&lt;xt</textarea><button name="z">B</button></form>
<table><tr><td>1<td>2<tr><td colspan=2>3</table><p>para <a href="/x?a=1&b=2">link</a> <!-- note --> tail</p><p>second</p></body></html>`;

run('cheerio', (cheerio) => {
  const $ = cheerio.load(PAGE);
  show('whole', $.html());
  const selectors = ['li', '#fruits > li', '.apple', 'li.orange b', 'li:first-child', 'li:last-child', 'li:nth-child(2n+1)', 'li:not(.pear)', '[data-price]', '[class^=or]', '[class$="r"]', '[class*=pp]', '[name="b"]', 'a[href~=x]', 'li + li', 'li ~ .pear', 'ul, p', ':contains(Orange)', 'p:has(a)', ':checked', ':selected',
    'option:selected', 'li:eq(1)', 'li:gt(0)', 'li:lt(2)', 'li:first', 'li:last', 'li:even', 'li:odd', ':header', ':button', ':input', 'tr td:only-child', '*:empty', 'html[lang|=en]', 'td:nth-of-type(2)', ':root', 'p:is(:first-of-type)', 'li:matches(.apple)', '#nothing', 'li[hidden]', '::before', 'li:nothing', 'a[', ''];
  sweep('selectors', selectors.map((s) => [s]), (s) => $(s).toArray().map((e) => `${e.name}.${$(e).attr('class')}`).join());
  for (const s of selectors) show(`select ${s}`, () => $(s).map((i, e) => e.tagName).get().join());
  const li = $('li');
  show('traverse', [li.first().next().text(), li.last().prevAll().length, $('b').closest('ul').attr('id'), $('b').parents().map((i, e) => e.name).get(), $('b').parentsUntil('body').length, $('ul').children('.pear').index(), $('td').eq(1).siblings().text(), li.filter('.pear').end().length, li.slice(1, 2).text(), $('p').contents().map((i, n) => n.type).get(), li.has('b').text(), li.is('.pear'), li.add('p').length, li.not((i) => i === 0).length, $('.apple').nextUntil('.pear').text(), $('form').find('input').length, li.toArray().length, li.get(-1).attribs.class]);
  show('attributes', [li.attr('class'), $('ul').hasClass('big'), $('.apple').data('price'), $('.apple').data(), $('input').prop('tagName'), $('[name=b]').prop('checked'), $('[name=s]').val(), $('textarea').val(), $('a').prop('href'), $('form').serialize(), $('form').serializeArray(), $('p').css('color')]);
  $('.apple').attr('title', 'a "quoted" & <b>').addClass('x y').removeClass('apple').toggleClass('big');
  $('.orange').after('<li>After</li>').before('<li>Before').append('<i>!</i>', ' more').prepend('<u>?</u>');
  $('.pear').replaceWith((i, e) => `<li>was ${$(e).text()}</li>`);
  $('p').first().wrap('<div class="w"></div>').css({color: 'red', 'font-size': '2px'}).text('<escaped> & text');
  $('table').remove();
  $('b').wrapInner('<em>').unwrap();
  $('p').last().html('<span>in</span>ner').clone().appendTo('body').attr({id: 'copy', 'data-n': 5}).removeAttr('hidden');
  $('textarea').val('new');
  $('<section>').insertBefore('ul').append($('<h1/>', {class: 'k'}).text('T'));
  $('form').empty();
  show('changed', $('body').html());
  show('text', $('body').text());
  show('extract', () => $.root().find('li').map((i, e) => $(e).text().trim()).get());
  const xml = cheerio.load('<?xml version="1.0"?><rss xmlns:m="urn:m"><item><m:id>1</m:id><![CDATA[a < b]]><empty/></item><Item/></rss>', {xml: true});
  show('xml', [xml.xml(), xml('m\\:id').text(), xml('Item').length, xml('item').text(), xml('rss').html()]);
  show('fragment', [cheerio.load('<b>x</b>', null, false).html(), cheerio.load('<td>cell', null, false).html(), cheerio.load('a<p>b', {_useHtmlParser2: true}).html(), cheerio.load(Buffer.from('<p>ü')).html()]);
  const broken = ['<p><div></p>', '<b><i>x</b>y</i>', '<table><b>x<tr><td>y', '<a><a>', '<ul><li>a<li>b</ul>', '<select><div>x', '<svg><path/><p>out', '<math><mi>x', '&notit; &amp &#x41; &#128; &unknown;', '<!--a--!>b', '<script><!--<script></script>', '<p a=1 a=2 b>', '</p></br>', '<frameset><frame>', '<template><td>x</template>', '<textarea><p></textarea>', '<plaintext><b>', '\0<p>\r\n\f', '<image>', '<noscript><p>x</noscript>', '<!doctype html public "x" "y">', '<body a><body b=1>', '<nobr>a<nobr>b', '<h1><h2>', '<button><button>', '<form><form>', '<option><optgroup>', '<ruby><rt>a<rp>b', '<title><b></title>', '<'.repeat(20), '<div '.repeat(10)];
  for (const html of broken) show(`repair ${JSON.stringify(html)}`, () => cheerio.load(html).html());
  for (const [name, text] of markdown().slice(0, small ? 1 : 4)) {
    const page = cheerio.load(marked.parse(text));
    show(name, [page('*').length, page('a').map((i, e) => page(e).attr('href')).get().join(' '), page.text(), page.html()].map((v) => (typeof v === 'string' ? require('./lib/harness.js').hash(v) : v)));
  }
});
