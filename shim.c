#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
static _Atomic unsigned threads, maps;
static int fails(const char *name, const char *from, _Atomic unsigned *count) {
  const char *every = getenv(name), *first = getenv(from);
  unsigned n = ++*count;
  return every && n > (first ? (unsigned)atoi(first) : 0) && n % (unsigned)atoi(every) == 0;
}
int pthread_create(pthread_t *t, const pthread_attr_t *a, void *(*run)(void *), void *arg) {
  int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) = dlsym(RTLD_NEXT, "pthread_create");
  return fails("FAIL_THREADS", "FAIL_THREADS_FROM", &threads) ? EAGAIN : real(t, a, run, arg);
}
void *mmap(void *p, size_t n, int rights, int flags, int fd, off_t at) {
  void *(*real)(void *, size_t, int, int, int, off_t) = dlsym(RTLD_NEXT, "mmap");
  if (!fails("FAIL_MAPS", "FAIL_MAPS_FROM", &maps)) return real(p, n, rights, flags, fd, at);
  errno = ENOMEM;
  return MAP_FAILED;
}
