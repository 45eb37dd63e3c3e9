# SPDX-License-Identifier: MIT
# process.stdin over a file, a pipe, nothing and a closed descriptor, and process.stdout as a stream that cannot be closed. As Node 26 prints it.
set -u
seq 1 30 > numbers.txt
cat > events.js <<'X'
const log=console.log; const s=process.stdin; for (const e of ['close','end','error','pause','resume','readable']) { if (e!=='readable') s.on(e,(x)=>log(e)); }
s.setEncoding('utf8'); let n=0; s.on('data',(d)=>{ n+=d.length; }); s.on('end',()=>log(n,s.destroyed,s.readableEnded)); s.on('close',()=>log(s.destroyed,s.closed,s.fd));
X
cat > pause.js <<'X'
const log=console.log; const s=process.stdin; s.on('end',()=>log('end')); s.once('data',(d)=>{ log(d.length); s.pause(); log(s.isPaused()); setTimeout(()=>{s.resume(); s.on('data',(d)=>log('more',d.length))},20) });
X
cat > iterate.js <<'X'
const log=console.log; (async()=>{ let n=0; for await (const c of process.stdin) n+=c.length; log(n, process.stdin.destroyed); process.stdin.on('data',()=>log('never')); const r=require('readline'); })();
X
cat > pause-for-good.js <<'X'
process.stdin.once('data',()=>{console.log('one');process.stdin.pause()}); process.on('exit',()=>console.log('exit'));
X
cat > readable.js <<'X'
process.stdin.on('readable',()=>{let c; while((c=process.stdin.read())!==null) console.log('got',c.length)}).on('end',()=>console.log('end'));
X
cat > pipe.js <<'X'
process.stdin.pipe(process.stdout); process.stdin.on('end',()=>console.error('end',process.stdout.writableEnded));
X
cat > stdout.js <<'X'
const log=(...a)=>require('fs').writeSync(2,require('util').format(...a)+'\n');
const s=process.stdout; for (const e of ['close','finish','error','drain','prefinish','pipe','unpipe']) s.on(e,(x)=>log(e,x instanceof Error?x.code+' '+x.message:typeof x));
s.write('a',(e)=>log('cb',e)); log(s.writableLength, s.write('b'));
const t=new (require('stream').PassThrough)(); t.pipe(s); t.end('piped'); 
setTimeout(()=>{ s.end('end\n',()=>log('endcb')); log(s.writableEnded,s.destroyed,s.writable);
setTimeout(()=>{ log('later',s.writableEnded,s.destroyed,s.writable, s.writableFinished, s.closed); log(s.write('again\n',(e)=>log('cb2',e?.code))); console.log('console'); s.destroy(); 
setTimeout(()=>{ log('after destroy', s.destroyed, s.writable, s.write('third\n',(e)=>log('cb3',e?.code))); s.destroy(new Error('x')); setTimeout(()=>{log(s.destroyed,s.errored?.message);s.end(); s.write('fourth\n'); },10)},10)},10)},10);
X
for name in events pause iterate pause-for-good readable pipe; do
  echo "== $name: file"; timeout 20 "$WEFT" $name.js <numbers.txt 2>&1; echo "status $?"
  echo "== $name: pipe"; { cat numbers.txt; sleep 0.3; cat numbers.txt; } | timeout 20 "$WEFT" $name.js 2>&1; echo "status $?"
  echo "== $name: nothing"; timeout 20 "$WEFT" $name.js </dev/null 2>&1; echo "status $?"
  echo "== $name: closed"; timeout 20 "$WEFT" $name.js <&- 2>&1; echo "status $?"
done
echo '== unref: pipe'; sleep 2 | timeout 1.5 "$WEFT" -e 'process.stdin.on("data", () => {}).unref()'; echo "status $?"
echo '== stdout'; timeout 20 "$WEFT" stdout.js >out.txt 2>err.txt; cat out.txt err.txt
