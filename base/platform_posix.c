// SPDX-License-Identifier: MIT
// platform.h for POSIX systems. System calls that a signal interrupts are repeated here, so that callers never see EINTR (but for
// the three that may wait without end).
#define _GNU_SOURCE
#include "base/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#ifdef __linux__
#include <linux/openat2.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#endif
#include <termios.h>
#include <time.h>
#include <unistd.h>
#if defined(__GLIBC__)
#include <gnu/libc-version.h>
#endif
#if defined(__linux__)
#include <sys/random.h>
#endif
#if !defined(MAP_NORESERVE)
#define MAP_NORESERVE 0
#endif

size_t platform_page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

// ---- Address space ----

// Maps more than asked and trims, which costs address space for a moment only.
static void *map_aligned(size_t size, size_t align, int rights) {
  size_t page = platform_page_size();
  size_t slack = align > page ? align - page : 0;
  if (size + slack < size || !base_keep_reserve()) return NULL;
  char *p = mmap(NULL, size + slack, rights, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) return NULL;
  char *start = (char *)ALIGN_UP((uintptr_t)p, align > page ? (uintptr_t)align : (uintptr_t)page);
  size_t before = (size_t)(start - p), after = slack - before;
  if (before) munmap(p, before);
  if (after) munmap(start + size, after);
  return start;
}

void *platform_reserve(size_t size, size_t align) { return map_aligned(size, align, PROT_READ | PROT_WRITE); }

enum { LARGE_PAGE = 2 << 20 };
void *platform_reserve_large(size_t size) {
  void *p = map_aligned(size, LARGE_PAGE, PROT_READ | PROT_WRITE);
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  if (p) (void)madvise(p, size, MADV_HUGEPAGE); // a wish
#endif
  return p;
}

void *platform_reserve_inaccessible(size_t size, size_t align) { return map_aligned(size, align, PROT_NONE); }

bool platform_commit(void *p, size_t size) { return mprotect(p, size, PROT_READ | PROT_WRITE) == 0; }

void platform_release(void *p, size_t size) { CHECK(munmap(p, size) == 0); }

void platform_decommit(void *p, size_t size) {
#if defined(__linux__)
  CHECK(madvise(p, size, MADV_DONTNEED) == 0);
#else
  // Elsewhere MADV_DONTNEED may keep the contents; a fresh mapping in place does not.
  CHECK(mmap(p, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0) == p);
#endif
}

void platform_protect(void *p, size_t size) { CHECK(mprotect(p, size, PROT_NONE) == 0); }

static u64 clock_ns(clockid_t clock) {
  struct timespec ts;
  CHECK(clock_gettime(clock, &ts) == 0);
  return (u64)ts.tv_sec * 1000000000u + (u64)ts.tv_nsec;
}

u64 platform_clock_ns(void) { return clock_ns(CLOCK_MONOTONIC); }

double platform_wall_ms(void) {
  struct timespec ts;
  CHECK(clock_gettime(CLOCK_REALTIME, &ts) == 0);
  return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

u64 platform_thread_cpu_ns(void) { return clock_ns(CLOCK_THREAD_CPUTIME_ID); }

bool platform_thread_clock(i32 *clock) {
  clockid_t id;
  if (pthread_getcpuclockid(pthread_self(), &id) != 0) return false;
  *clock = id;
  return true;
}

u64 platform_thread_clock_ns(i32 clock) {
  struct timespec t;
  if (clock_gettime(clock, &t) != 0) return UINT64_MAX;
  return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

u64 platform_process_cpu_ns(void) { return clock_ns(CLOCK_PROCESS_CPUTIME_ID); }

void platform_thread_cpu_times(u64 *user_us, u64 *system_us) {
#ifdef RUSAGE_THREAD
  struct rusage usage;
  if (getrusage(RUSAGE_THREAD, &usage) == 0) {
    *user_us = (u64)usage.ru_utime.tv_sec * 1000000 + (u64)usage.ru_utime.tv_usec;
    *system_us = (u64)usage.ru_stime.tv_sec * 1000000 + (u64)usage.ru_stime.tv_usec;
    return;
  }
#endif
  *user_us = platform_thread_cpu_ns() / 1000;
  *system_us = 0;
}

void platform_sleep_ns(u64 ns) {
  struct timespec rest = {(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)};
  while (nanosleep(&rest, &rest) != 0 && errno == EINTR) continue;
}

#ifdef __linux__
// The main thread's stack, from the outermost thing on it: the kernel lays the program's file name there, and a null word behind it.
// glibc would read /proc/self/maps for the same, a quarter of the instructions of an empty program. Unusual limits are left to it:
// below 128 MB the kernel keeps the room free whatever is mapped (mmap_base in arch/x86/mm/mmap.c).
static bool main_stack_bounds(char **low, char **high) {
  enum { LARGEST = 64 << 20 };
  const char *name = (const char *)getauxval(AT_EXECFN);
  struct rlimit limit;
  if (name == NULL || getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur > LARGEST) return false;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), end = (uintptr_t)name + strlen(name) + 1 + sizeof(void *);
  *high = (char *)((end + page - 1) / page * page);
  *low = *high - limit.rlim_cur;
  char *here = __builtin_frame_address(0);
  return *low < here && here < *high;
}
#endif

bool platform_stack_bounds(char **low, char **high) {
#ifdef __linux__
  if (main_stack_bounds(low, high)) return true;
#endif
#if defined(__APPLE__)
  *high = pthread_get_stackaddr_np(pthread_self());
  *low = *high - pthread_get_stacksize_np(pthread_self());
  return true;
#else
  pthread_attr_t attr;
  if (pthread_getattr_np(pthread_self(), &attr) != 0) return false;
  void *base = NULL;
  size_t size = 0, guard = 0;
  bool ok = pthread_attr_getstack(&attr, &base, &size) == 0;
  // Some systems count the guard as part of the stack; staying clear of it is safe everywhere.
  if (ok && pthread_attr_getguardsize(&attr, &guard) != 0) guard = 0;
  pthread_attr_destroy(&attr);
  if (guard >= size) guard = 0;
  *low = (char *)base + guard;
  *high = (char *)base + size;
  return ok;
#endif
}

bool platform_read_descriptor(int fd, ByteVec *out, int *error) {
  enum { STEP = 64 * 1024 };
  for (;;) {
    if (out->len > UINT32_MAX - STEP) {
      *error = EFBIG;
      return false;
    }
    if (out->cap - out->len < STEP / 4) vec_reserve(out, out->len + STEP);
    ssize_t n = read(fd, out->data + out->len, out->cap - out->len);
    if (n == 0) return true;
    if (n > 0) {
      out->len += (u32)n;
    } else if (errno != EINTR) {
      *error = errno;
      return false;
    }
  }
}

static int open_for_reading(const char *path) {
  int fd;
  do fd = open(path, O_RDONLY | O_CLOEXEC);
  while (fd < 0 && errno == EINTR);
  return fd;
}

bool platform_read_file(const char *path, ByteVec *out, int *error) {
  int fd = open_for_reading(path);
  if (fd < 0) {
    *error = errno;
    return false;
  }
  struct stat st;
  bool ok = false;
  if (fstat(fd, &st) != 0) {
    *error = errno;
  } else if (S_ISDIR(st.st_mode)) {
    *error = EISDIR;
  } else {
    // Room for the whole file and a bit, so that one read and one empty read suffice.
    if (st.st_size > 0 && st.st_size < 0x7FFF0000) vec_reserve(out, out->len + (u32)st.st_size + 32 * 1024);
    ok = platform_read_descriptor(fd, out, error);
  }
  close(fd);
  return ok;
}

#if defined(__linux__) && defined(SYS_openat2) && defined(RESOLVE_CACHED) && defined(RWF_NOWAIT)
static int open_cached(const char *path, u64 flags) {
  struct open_how how = {.flags = flags | O_CLOEXEC, .resolve = RESOLVE_CACHED};
  return (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
}

bool platform_read_file_cached(const char *path, size_t max, ByteVec *out) {
  int fd = open_cached(path, O_PATH); // a look only: opening a pipe or a device would be noticed
  if (fd < 0) return false;
  struct stat st;
  bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 && (u64)st.st_size <= max;
  close(fd);
  fd = ok ? open_cached(path, O_RDONLY | O_NONBLOCK) : -1;
  if (fd < 0) return false;
  size_t size = (size_t)st.st_size;
  vec_reserve(out, out->len + (u32)size);
  struct iovec range = {out->data + out->len, size};
  ok = preadv2(fd, &range, 1, 0, RWF_NOWAIT) == (ssize_t)size;
  close(fd);
  if (ok) out->len += (u32)size;
  return ok;
}
#else
bool platform_read_file_cached(const char *path, size_t max, ByteVec *out) {
  (void)path;
  (void)max;
  (void)out;
  return false;
}
#endif

int platform_open(const char *path, int flags, u32 mode) {
  int fd = open(path, flags | O_CLOEXEC, (mode_t)mode);
  return fd < 0 ? -errno : fd;
}

i64 platform_read(int fd, void *bytes, size_t size, i64 position) {
  ssize_t n = position < 0 ? read(fd, bytes, size) : pread(fd, bytes, size, (off_t)position);
  return n < 0 ? -errno : n;
}

i64 platform_write(int fd, const void *bytes, size_t size, i64 position) {
  ssize_t n = position < 0 ? write(fd, bytes, size) : pwrite(fd, bytes, size, (off_t)position);
  return n < 0 ? -errno : n;
}

static u32 fill_vector(struct iovec *vector, const ByteRange *ranges, u32 count) {
  u32 n = MIN(count, (u32)PLATFORM_RANGES_MAX);
  for (u32 i = 0; i < n; i++) vector[i] = (struct iovec){ranges[i].bytes, ranges[i].size};
  return n;
}

i64 platform_read_many(int fd, const ByteRange *ranges, u32 count, i64 position) {
  struct iovec vector[PLATFORM_RANGES_MAX];
  int n = (int)fill_vector(vector, ranges, count);
  ssize_t moved = position < 0 ? readv(fd, vector, n) : preadv(fd, vector, n, (off_t)position);
  return moved < 0 ? -errno : moved;
}

i64 platform_write_many(int fd, const ByteRange *ranges, u32 count, i64 position) {
  struct iovec vector[PLATFORM_RANGES_MAX];
  int n = (int)fill_vector(vector, ranges, count);
  ssize_t moved = position < 0 ? writev(fd, vector, n) : pwritev(fd, vector, n, (off_t)position);
  return moved < 0 ? -errno : moved;
}

const char *platform_error_text(int error, char *buf, size_t size) {
  const char *text = "";
#if defined(__GLIBC__)
  text = strerror_r(error, buf, size);
#else
  if (strerror_r(error, buf, size) == 0) text = buf;
#endif
  if (text != buf) snprintf(buf, size, "%s", text);
  return buf;
}

bool platform_is_tty(int fd) { return isatty(fd) == 1; }

u32 platform_cpu_count(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return (u32)CPU_COUNT(&set);
#endif
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n > 0 ? (u32)n : 1;
}

u64 platform_peak_rss(void) {
  struct rusage usage;
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
#if defined(__APPLE__)
  return (u64)usage.ru_maxrss;
#else
  return (u64)usage.ru_maxrss * 1024;
#endif
}

// First number of a small text file; 0 when there is none.
static u64 number_in_file(const char *path, int skip_words) {
  ByteVec text = {0};
  int error;
  u64 value = 0;
  if (platform_read_file(path, &text, &error)) {
    vec_push(&text, 0);
    const char *p = (const char *)text.data;
    for (; skip_words > 0 && (p = strchr(p, ' ')); skip_words--) p++;
    if (p) value = strtoull(p, NULL, 10);
  }
  vec_free(&text);
  return value;
}

u64 platform_current_rss(void) { return number_in_file("/proc/self/statm", 1) * platform_page_size(); }

u64 platform_physical_memory(void) {
  long pages = sysconf(_SC_PHYS_PAGES);
  u64 machine = pages > 0 ? (u64)pages * platform_page_size() : 0;
  u64 group = number_in_file("/sys/fs/cgroup/memory.max", 0);
  if (!group) group = number_in_file("/sys/fs/cgroup/memory/memory.limit_in_bytes", 0);
  return group && group < machine ? group : machine;
}

void platform_random(void *p, size_t n) {
  u8 *at = p;
#if defined(__linux__)
  while (n) {
    ssize_t got = getrandom(at, n, 0);
    CHECK(got > 0 || (got < 0 && errno == EINTR));
    if (got > 0) at += got, n -= (size_t)got;
  }
#else
  for (size_t step; n; at += step, n -= step) {
    step = MIN(n, (size_t)256);
    CHECK(getentropy(at, step) == 0);
  }
#endif
}

u32 platform_process_id(void) { return (u32)getpid(); }

const char *platform_env(const char *name) { return getenv(name); }

u32 platform_umask(u32 mask) { return (u32)umask((mode_t)mask); }

u32 platform_user_id(bool group, bool effective) {
  if (group) return (u32)(effective ? getegid() : getgid());
  return (u32)(effective ? geteuid() : getuid());
}

bool platform_terminal_size(int fd, u32 *columns, u32 *rows) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || !size.ws_col) return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

int platform_terminal_raw(int fd, bool raw) {
  struct termios mode;
  if (tcgetattr(fd, &mode) != 0) return errno;
  if (raw) {
    mode.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
    mode.c_oflag |= ONLCR;
    mode.c_cflag |= CS8;
    mode.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
  } else {
    mode.c_iflag |= BRKINT | ICRNL | IXON;
    mode.c_lflag |= ECHO | ICANON | IEXTEN | ISIG;
  }
  return tcsetattr(fd, TCSADRAIN, &mode) == 0 ? 0 : errno;
}

const char *platform_glibc_version(void) {
#if defined(__GLIBC__)
  return gnu_get_libc_version();
#else
  return NULL;
#endif
}

// ---- Credentials ----

int platform_set_id(PlatformId which, u32 id) {
  int failed = which == PLATFORM_UID    ? setuid((uid_t)id)
               : which == PLATFORM_EUID ? seteuid((uid_t)id)
               : which == PLATFORM_GID  ? setgid((gid_t)id)
                                        : setegid((gid_t)id);
  return failed ? errno : 0;
}

enum { ENTRY_MAX = 16 * 1024 };

bool platform_find_user(const char *name, u32 *id) {
  char text[ENTRY_MAX];
  struct passwd entry, *found = NULL;
  if (getpwnam_r(name, &entry, text, sizeof text, &found) != 0 || !found) return false;
  *id = (u32)entry.pw_uid;
  return true;
}

bool platform_find_group(const char *name, u32 *id) {
  char text[ENTRY_MAX];
  struct group entry, *found = NULL;
  if (getgrnam_r(name, &entry, text, sizeof text, &found) != 0 || !found) return false;
  *id = (u32)entry.gr_gid;
  return true;
}

bool platform_user_name(u32 id, char *name, size_t size) {
  char text[ENTRY_MAX];
  struct passwd entry, *found = NULL;
  if (getpwuid_r((uid_t)id, &entry, text, sizeof text, &found) != 0 || !found) return false;
  return (size_t)snprintf(name, size, "%s", entry.pw_name) < size;
}

bool platform_groups(IdVec *ids) {
  int count = getgroups(0, NULL);
  if (count < 0) return false;
  gid_t *groups = base_alloc(((size_t)count + 1) * sizeof *groups);
  count = getgroups(count, groups);
  bool has_effective = false;
  for (int i = 0; i < count; i++) {
    vec_push(ids, (u32)groups[i]);
    has_effective |= groups[i] == getegid();
  }
  if (count >= 0 && !has_effective) vec_push(ids, (u32)getegid());
  base_free(groups);
  return count >= 0;
}

int platform_set_groups(const u32 *ids, u32 count) {
  gid_t *groups = base_alloc(((size_t)count + 1) * sizeof *groups);
  for (u32 i = 0; i < count; i++) groups[i] = (gid_t)ids[i];
  int failed = setgroups(count, groups) ? errno : 0;
  base_free(groups);
  return failed;
}

int platform_init_groups(const char *user, u32 group) { return initgroups(user, (gid_t)group) ? errno : 0; }

int platform_execute(const char *path, char *const *args, char *const *environment) {
  for (int fd = 0; fd <= 2; fd++) {
    int flags = fcntl(fd, F_GETFD);
    if (flags >= 0) (void)fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC);
  }
  sigset_t none, before;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, &before);
  execve(path, args, environment);
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return error;
}
