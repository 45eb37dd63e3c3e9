// SPDX-License-Identifier: MIT
// Runs a program and writes what it cost to a file: `user-us system-us wall-us peak-kB`. It exists because peak memory
// as the kernel counts it includes that of the process that forked; a Python runner would hide a small engine.
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(struct timeval time) { return time.tv_sec * 1000000LL + time.tv_usec; }

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fputs("usage: measure RESULT PROGRAM [arguments]\n", stderr);
    return 2;
  }
  long long start = now();
  pid_t child = fork();
  if (child < 0) {
    perror("measure: fork");
    return 126;
  }
  if (child == 0) {
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) < 0) {
    perror("measure: wait4");
    return 126;
  }
  long long wall = now() - start;
  FILE *result = fopen(argv[1], "w");
  if (!result) {
    perror(argv[1]);
    return 126;
  }
  fprintf(result, "%lld %lld %lld %ld\n", microseconds(usage.ru_utime), microseconds(usage.ru_stime), wall, usage.ru_maxrss);
  fclose(result);
  if (WIFSIGNALED(status)) {
    fprintf(stderr, "killed by signal %d (%s)\n", WTERMSIG(status), strsignal(WTERMSIG(status)));
    return 128 + WTERMSIG(status);
  }
  return WEXITSTATUS(status);
}
