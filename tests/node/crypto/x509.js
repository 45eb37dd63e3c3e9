// SPDX-License-Identifier: MIT
// X509Certificate: facts, names that need quotes, checks of hosts and keys. The certificates were made for this test.
'use strict';
const { X509Certificate, createPublicKey, createPrivateKey } = require('crypto');

const caPem = `-----BEGIN CERTIFICATE-----
MIIBqTCCAU+gAwIBAgIEEjSrzTAKBggqhkjOPQQDAjA7MQswCQYDVQQGEwJERTEZ
MBcGA1UECgwQV2VmdCBUZXN0cywgSW5jLjERMA8GA1UEAwwIVMOkc3QgQ0EwIBcN
MjYxMTIxMjE1NzU1WhgPMjEyNjEwMjgyMTU3NTVaMDsxCzAJBgNVBAYTAkRFMRkw
FwYDVQQKDBBXZWZ0IFRlc3RzLCBJbmMuMREwDwYDVQQDDAhUw6RzdCBDQTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABG9Q5YMwAptjnH0bELhZ71ucqILL6Ggz2Ay+
5rQWqwbWn+ZHBqykgCi7Tv7FXh4IVIuWx8DuuqZ7jqwF3td8kg6jPzA9MA8GA1Ud
EwEB/wQFMAMBAf8wCwYDVR0PBAQDAgEGMB0GA1UdDgQWBBRlmuZYFCVMrO5Jck2S
w8mwdKXBiTAKBggqhkjOPQQDAgNIADBFAiEAh489v+PlmrRjeHm0khNEUDC4vcdO
lauDVd3aUrHwDTYCIFUTxp1YvfWMZ4YW9yJDSiLRm5NE/CAcOu0Fa74tr3k7
-----END CERTIFICATE-----`;
const leafPem = `-----BEGIN CERTIFICATE-----
MIICvzCCAmSgAwIBAgIBBTAKBggqhkjOPQQDAzA7MQswCQYDVQQGEwJERTEZMBcG
A1UECgwQV2VmdCBUZXN0cywgSW5jLjERMA8GA1UEAwwIVMOkc3QgQ0EwIBcNMjYx
MTIxMjE1NzU1WhgPMjEyNjEwMjgyMTU3NTVaMEYxCzAJBgNVBAYTAkRFMQ0wCwYD
VQQKDARMZWFmMQowCAYDVQQLDAFhMRwwGgYJKoZIhvcNAQkBFg1vQGV4YW1wbGUu
Y29tMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEzozknlEv6K6d68t27Y9qIEEJ
7YH5ZTnx8cEkUe9WnCjwTOmNDge1dWn0gu4MU/4hJnIo+42WIbt/wZ7LCN91NqOC
AUowggFGMAkGA1UdEwQCMAAwHQYDVR0lBBYwFAYIKwYBBQUHAwEGCCsGAQUFBwMC
MHsGA1UdEQR0MHKCC2V4YW1wbGUuY29tgg0qLmV4YW1wbGUub3JnhwR/AAABhxAg
AQ24AAAAAAAAAAAAAAABgQ5tZUBleGFtcGxlLmNvbYYVaHR0cHM6Ly9leGFtcGxl
LmNvbS94iAMqAwSkEDAOMQwwCgYDVQQDDANkaXIwXQYIKwYBBQUHAQEEUTBPMCMG
CCsGAQUFBzABhhdodHRwOi8vb2NzcC5leGFtcGxlLmNvbTAoBggrBgEFBQcwAoYc
aHR0cDovL2NhLmV4YW1wbGUuY29tL2NhLmNydDAdBgNVHQ4EFgQU7cq0a1RC9ta2
T9sL9DW1u2cbqQowHwYDVR0jBBgwFoAUZZrmWBQlTKzuSXJNksPJsHSlwYkwCgYI
KoZIzj0EAwMDSQAwRgIhAPD7Zguuhenx8BlDEIY0j3eljhSG7z/G9Ulie0gRLBTB
AiEAsJfdhT4FR0fmWitGUIvW6lQxxTziJBXOzcUn5Q2RgAU=
-----END CERTIFICATE-----`;
const rsaPem = `-----BEGIN CERTIFICATE-----
MIICVTCCAb6gAwIBAgICAP8wDQYJKoZIhvcNAQELBQAwOTEbMBkGA1UEAwwScnNh
LCBxdW90ZWQgKyBtb3JlMQwwCgYDVQQLDANvbmUxDDAKBgNVBAsMA3R3bzAgFw0y
NjExMjEyMjAxMzhaGA8yMTI2MTAyODIyMDEzOFowOTEbMBkGA1UEAwwScnNhLCBx
dW90ZWQgKyBtb3JlMQwwCgYDVQQLDANvbmUxDDAKBgNVBAsMA3R3bzCBnzANBgkq
hkiG9w0BAQEFAAOBjQAwgYkCgYEAnkkQqtJkac6822Eq39dxLnCWauuszfaN6hRz
AqbcmomNY6NRA0MC6yuzquopz8WG8J7kdXDio+QYzVqfSngb1nw4MvkfN6tmGjdB
iRoPaoSFJSqT19fktFSP2EHA53yAtd5r2P3PziW8fRzsnDqPmlg4ieUHie9MtMlf
rOGfItcCAwEAAaNqMGgwRwYDVR0RBEAwPoIGYWIuY29thhZodHRwOi8veC8sRE5T
OmV2aWwuY29tggZvay5jb22gFAYKKwYBBAGCNxQCA6AGDAR1c2VyMB0GA1UdDgQW
BBRm3IOFWQphjyPdocPTx3tqHMxN3DANBgkqhkiG9w0BAQsFAAOBgQCHXxVAYdi4
41iMY7IOHPTHV4igCq52LppO5gy6gnDG4kB1XRd7ne06V05JmBCVb+jm2JTWsB+K
vD98LX9wYqwV86Pxlu31dDb/obktOR5jYF7v2THB63kWeE9sJQ2HAzPZD88HUyhR
JvHAwOfHwYrgt+19CWURVRtJHdJz/cnUiQ==
-----END CERTIFICATE-----`;
const caKey = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIFJm38ONQRUbfy87ji5kWmVZue4hLlEXDQo2dDIU8sBtoAoGCCqGSM49
AwEHoUQDQgAEb1DlgzACm2OcfRsQuFnvW5yogsvoaDPYDL7mtBarBtaf5kcGrKSA
KLtO/sVeHghUi5bHwO66pnuOrAXe13ySDg==
-----END EC PRIVATE KEY-----`;
const leafKey = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEICuCJFAJMFzgVC5mCPUHqqY80LFMsLXptLcA0HK1S0MfoAoGCCqGSM49
AwEHoUQDQgAEzozknlEv6K6d68t27Y9qIEEJ7YH5ZTnx8cEkUe9WnCjwTOmNDge1
dWn0gu4MU/4hJnIo+42WIbt/wZ7LCN91Ng==
-----END EC PRIVATE KEY-----`;
const t = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message, Object.keys(e).join());
  }
};
const ca = new X509Certificate(Buffer.from(caPem)), leaf = new X509Certificate(leafPem), rsa = new X509Certificate(rsaPem);
for (const c of [ca, leaf, rsa]) for (const n of ['subject','subjectAltName','issuer','issuerCertificate','infoAccess','validFrom','validTo','validFromDate','validToDate','fingerprint','fingerprint256','fingerprint512','keyUsage','serialNumber','signatureAlgorithm','signatureAlgorithmOid','ca']) t(()=>[n,c[n]]);
t(()=>leaf); t(()=>leaf.raw.length); t(()=>leaf.publicKey); t(()=>leaf.publicKey.export({type:'spki',format:'der'}).length);
t(()=>leaf.toString() === `${leafPem}\n`); t(()=>JSON.stringify(leaf).length);
for (const h of ['example.com','EXAMPLE.com','a.example.org','a.b.example.org','other','']) t(()=>[h,leaf.checkHost(h)]);
t(()=>leaf.checkHost('a.example.org',{wildcards:false})); t(()=>leaf.checkHost('example.com',{subject:'never'})); t(()=>ca.checkHost('Täst CA',{subject:'always'}));
t(()=>leaf.checkHost(5)); t(()=>leaf.checkHost('x',{subject:'foo'})); t(()=>leaf.checkHost('x',{wildcards:5}));
t(()=>leaf.checkEmail('me@example.com')); t(()=>leaf.checkEmail('no@example.com')); t(()=>leaf.checkEmail('o@example.com')); t(()=>leaf.checkIP('127.0.0.1')); t(()=>leaf.checkIP('127.0.0.2')); t(()=>leaf.checkIP('2001:db8::1')); t(()=>leaf.checkIP('foo'));
t(()=>leaf.checkIssued(ca)); t(()=>ca.checkIssued(leaf)); t(()=>leaf.checkIssued(5));
t(()=>leaf.checkPrivateKey(createPrivateKey(leafKey))); t(()=>leaf.checkPrivateKey(createPrivateKey(caKey))); t(()=>leaf.checkPrivateKey(leaf.publicKey));
t(()=>leaf.verify(ca.publicKey)); t(()=>leaf.verify(leaf.publicKey)); t(()=>leaf.verify(5)); t(()=>ca.verify(ca.publicKey)); t(()=>leaf.verify(createPrivateKey(caKey)));
t(()=>new X509Certificate('x')); t(()=>new X509Certificate(5)); t(()=>new X509Certificate(leaf.raw).fingerprint===leaf.fingerprint);
t(()=>createPublicKey(leafPem).equals(leaf.publicKey));
t(()=>leaf.toLegacyObject());
t(()=>ca.toLegacyObject());
t(() => rsa.toLegacyObject());
t(() => new X509Certificate('-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----'));

// Certificate
const { Certificate } = require('crypto');
const s = 'MIIBPzCBqTCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEAxxAq9Xl0r9lE9aVrY5lErISi0WH9aX7oLsDTFen8gpeP4JUSoJ8t4ZOKdaofzpnxgfCpq5SntkM7YRjF0Jzf1PgTKL7fSAp71JD92HDn2/mrX/O5SxhLo7ELCrZP87jv0IOpmv2jHvjoXUYZNRrcd01/lDRZwC3RYjfJ6rrpqvECAwEAARYFaGVsbG8wDQYJKoZIhvcNAQEEBQADgYEAfXI4fc3L/wUCiPPnRGUi2BOxhs1BmFjLmrCLxKgpphr9J6i0s5j4MpcwJeFUB/a3E30vRP/3S1pRWFYzF81+p5tzKJXEHousRRSzMzIrliAHlc2Meb8XZ/4JpAWWGpyjsNjR+NFm1R2qryGehlSx/PL/Y8kDT79KaWCp5tILylk=';
t(()=>Certificate.verifySpkac(s)); t(()=>Certificate.exportChallenge(s)); t(()=>Certificate.exportPublicKey(s)); t(()=>Certificate.verifySpkac(5)); t(()=>Certificate.exportChallenge('')); t(()=>new Certificate().verifySpkac(Buffer.from('x'))); t(()=>Certificate() instanceof Certificate); t(()=>Certificate.exportChallenge(5));t(()=>Certificate.exportPublicKey(''));
