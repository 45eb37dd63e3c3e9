// SPDX-License-Identifier: MIT
// What we ask of the operating system: pages, clocks, stack bounds, whole files, processors.
// One implementation per system; this one is POSIX (Linux, and macOS where it differs).
#ifndef WEFT_BASE_PLATFORM_H
#define WEFT_BASE_PLATFORM_H

#include "base/bytes.h"

// Bytes of a page; a power of two.
size_t platform_page_size(void);

// `size` bytes of zeroed, readable and writable address space at a multiple of `align` (both multiples of the page size,
// align a power of two). Physical memory is committed on first touch. NULL when there is none.
MUST_CHECK void *platform_reserve(size_t size, size_t align);
// The same without access rights, for guard areas and growable buffers; give rights with platform_commit.
MUST_CHECK void *platform_reserve_inaccessible(size_t size, size_t align);
MUST_CHECK bool platform_commit(void *p, size_t size);
void platform_release(void *p, size_t size);
// platform_reserve for memory that is going to be filled from end to end: in large pages where the system has them.
MUST_CHECK void *platform_reserve_large(size_t size);
// Gives the physical memory back; the pages read as zero when touched again.
void platform_decommit(void *p, size_t size);
// Forbids access: a touch is a fault. Undone by platform_commit.
void platform_protect(void *p, size_t size);

u64 platform_clock_ns(void);      // monotonic, since an arbitrary start
double platform_wall_ms(void);    // milliseconds since 1970-01-01 UTC, with fraction
u64 platform_thread_cpu_ns(void); // processor time of this thread
u64 platform_process_cpu_ns(void);
// The calling thread's processor clock, for other threads to read. false: there is none. Of a thread that has ended: UINT64_MAX.
MUST_CHECK bool platform_thread_clock(i32 *clock);
u64 platform_thread_clock_ns(i32 clock);
void platform_thread_cpu_times(u64 *user_us, u64 *system_us); // of this thread, in microseconds; 0 when the system does not tell
void platform_sleep_ns(u64 ns);

// The stack of the current thread: usable addresses are low <= p < high. False when the system does not tell.
bool platform_stack_bounds(char **low, char **high);

// Appends the whole file to `out`. On failure false, and *error is an errno.
MUST_CHECK bool platform_read_file(const char *path, ByteVec *out, int *error);
// The same without ever waiting for a disk, another process or a device: false when the file is no regular one of 1 to `max` bytes, when its name
// or its content is not in the system's memory, or when the system cannot tell. `out` is then as it was.
MUST_CHECK bool platform_read_file_cached(const char *path, size_t max, ByteVec *out);
// Reads a descriptor to its end, e.g. standard input.
MUST_CHECK bool platform_read_descriptor(int fd, ByteVec *out, int *error);
// One system call each: what it returned, or a negative errno. These may wait without end (pipes, terminals), so that -EINTR is the caller's:
// it decides whether to go on (thread_interrupt). position -1: the current one.
int platform_open(const char *path, int flags, u32 mode); // closed by exec
i64 platform_read(int fd, void *bytes, size_t size, i64 position);
i64 platform_write(int fd, const void *bytes, size_t size, i64 position);
typedef struct ByteRange {
  void *bytes;
  size_t size;
} ByteRange;
enum { PLATFORM_RANGES_MAX = 256 }; // those behind are left for the next call
i64 platform_read_many(int fd, const ByteRange *ranges, u32 count, i64 position);
i64 platform_write_many(int fd, const ByteRange *ranges, u32 count, i64 position);
// The text of an errno, into `buf`.
const char *platform_error_text(int error, char *buf, size_t size);

bool platform_is_tty(int fd);
// Size of the terminal behind fd in characters; false when it is none.
bool platform_terminal_size(int fd, u32 *columns, u32 *rows);
// Raw mode on or off. 0 or an errno. Any thread, but only for one descriptor at a time.
int platform_terminal_raw(int fd, bool raw);
u32 platform_cpu_count(void); // that this process may use; at least 1
u64 platform_peak_rss(void);  // bytes
u64 platform_current_rss(void);
u64 platform_physical_memory(void); // bytes of the machine or of the control group, whichever is less; 0 if unknown
// Fills with random bytes from the system; panics if the system has none.
void platform_random(void *p, size_t n);
u32 platform_process_id(void);
const char *platform_glibc_version(void); // NULL: another C library
// ---- Credentials of the whole process. 0 or an errno.
typedef enum PlatformId { PLATFORM_UID, PLATFORM_EUID, PLATFORM_GID, PLATFORM_EGID } PlatformId;
typedef VEC(u32) IdVec;
int platform_set_id(PlatformId which, u32 id);
bool platform_find_user(const char *name, u32 *id); // false: there is none
bool platform_find_group(const char *name, u32 *id);
bool platform_user_name(u32 id, char *name, size_t size);
bool platform_groups(IdVec *ids); // appends the supplementary groups and the effective one
int platform_set_groups(const u32 *ids, u32 count);
int platform_init_groups(const char *user, u32 group);
// Becomes another program, with the standard descriptors; returns an errno, or not at all.
int platform_execute(const char *path, char *const *args, char *const *environment);
// Sets the mask of permissions that new files lack, and returns the one before.
u32 platform_umask(u32 mask);
// User or group number of the process, real or effective.
u32 platform_user_id(bool group, bool effective);
// Value of an environment variable, or NULL.
const char *platform_env(const char *name);

#endif
