/* wanlink: joins two network namespaces through two TUN devices and emulates
 * a WAN path packet by packet (the kernel's own TCP runs at both ends):
 * one-way delay, link rate, bottleneck queue, random loss on the A->B path.
 * Needs no sch_netem, which many kernels lack.
 *
 *   wanlink NSFILE_A NSFILE_B DELAY_US RATE_BIT_S LOSS_PPM QUEUE_BYTES SEED
 *
 * Creates the device "wan0" in both namespaces, prints "ready", runs until
 * SIGTERM/SIGINT (or until MAX_LIFE_S), then prints its counters. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#define SLOT 2048
#define MAX_LIFE_S 7200
#define TICK_NS 150000

typedef struct { int64_t due; uint32_t len, slot; } ent;
typedef struct {
    int in, out;
    uint32_t n, head, count, nfree;
    ent *q; uint32_t *freel; uint8_t *mem;
    int64_t busy_until; double ns_per_byte; int64_t qlimit_ns; uint32_t loss_ppm;
    uint64_t pk, by, lost, qdrop, wfail; int64_t late_max, late_sum, qmax;
} dir;

static volatile sig_atomic_t stop_;
static void on_sig(int s) { (void)s; stop_ = 1; }
static int64_t now_ns(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000LL + t.tv_nsec; }
static uint64_t rs;
static uint32_t rnd(void) { rs ^= rs << 13; rs ^= rs >> 7; rs ^= rs << 17; return (uint32_t)(rs >> 20); }

static int tun_in(const char *ns) {
    int f = open(ns, O_RDONLY | O_CLOEXEC);
    if (f < 0 || setns(f, CLONE_NEWNET)) { perror(ns); exit(2); }
    close(f);
    int t = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (t < 0) { perror("/dev/net/tun"); exit(2); }
    struct ifreq r; memset(&r, 0, sizeof r);
    r.ifr_flags = IFF_TUN | IFF_NO_PI; strcpy(r.ifr_name, "wan0");
    if (ioctl(t, TUNSETIFF, &r)) { perror("TUNSETIFF"); exit(2); }
    return t;
}
static void dinit(dir *d, int in, int out, double rate, int64_t qbytes, uint32_t ppm, uint32_t n) {
    memset(d, 0, sizeof *d);
    d->in = in; d->out = out; d->n = n; d->nfree = n;
    d->q = calloc(n, sizeof(ent)); d->freel = malloc(n * 4); d->mem = malloc((size_t)n * SLOT);
    if (!d->q || !d->freel || !d->mem) { perror("malloc"); exit(2); }
    for (uint32_t i = 0; i < n; i++) d->freel[i] = n - 1 - i;
    d->ns_per_byte = 8e9 / rate; d->qlimit_ns = (int64_t)(qbytes * d->ns_per_byte); d->loss_ppm = ppm;
}
static int ingest(dir *d, int64_t delay, int64_t now) {
    int got = 0; uint8_t junk[SLOT];
    while (got < 256) {
        uint32_t slot = d->nfree ? d->freel[d->nfree - 1] : UINT32_MAX;
        uint8_t *p = slot == UINT32_MAX ? junk : d->mem + (size_t)slot * SLOT;
        ssize_t k = read(d->in, p, SLOT);
        if (k <= 0) break;
        got++; d->pk++; d->by += k;
        int64_t start = d->busy_until > now ? d->busy_until : now;
        if (slot == UINT32_MAX || start - now > d->qlimit_ns) { d->qdrop++; continue; }
        if (start - now > d->qmax) d->qmax = start - now;
        d->busy_until = start + (int64_t)(k * d->ns_per_byte);
        /* lost after the bottleneck: a lost packet has still used the link */
        if (d->loss_ppm && rnd() % 1000000 < d->loss_ppm) { d->lost++; continue; }
        d->nfree--;
        ent *e = &d->q[(d->head + d->count++) % d->n];
        e->due = d->busy_until + delay; e->len = k; e->slot = slot;
    }
    return got;
}
static void deliver(dir *d, int64_t now) {
    while (d->count) {
        ent *e = &d->q[d->head];
        if (e->due > now) break;
        if (write(d->out, d->mem + (size_t)e->slot * SLOT, e->len) < 0) d->wfail++;
        int64_t l = now - e->due; d->late_sum += l; if (l > d->late_max) d->late_max = l;
        d->freel[d->nfree++] = e->slot;
        d->head = (d->head + 1) % d->n; d->count--;
    }
}
static void report(const char *n, dir *d) {
    printf("%s packets=%llu bytes=%llu lost=%llu queue_drops=%llu write_fail=%llu late_avg_us=%.0f late_max_us=%lld queue_max_ms=%.1f\n", n,
        (unsigned long long)d->pk, (unsigned long long)d->by, (unsigned long long)d->lost, (unsigned long long)d->qdrop,
        (unsigned long long)d->wfail, d->pk ? d->late_sum / 1e3 / d->pk : 0.0, (long long)d->late_max / 1000, d->qmax / 1e6);
}
int main(int c, char **v) {
    if (c != 8) { fprintf(stderr, "usage: wanlink NS_A NS_B DELAY_US RATE_BIT_S LOSS_PPM QUEUE_BYTES SEED\n"); return 2; }
    int64_t delay = atoll(v[3]) * 1000; double rate = atof(v[4]); uint32_t ppm = atoi(v[5]); int64_t qb = atoll(v[6]);
    rs = strtoull(v[7], 0, 10) * 0x9E3779B97F4A7C15ULL + 1;
    signal(SIGTERM, on_sig); signal(SIGINT, on_sig);
    prctl(PR_SET_TIMERSLACK, 1000UL); prctl(PR_SET_PDEATHSIG, SIGTERM);
    int a = tun_in(v[1]), b = tun_in(v[2]);
    static dir ab, ba;
    dinit(&ab, a, b, rate, qb, ppm, 98304); dinit(&ba, b, a, rate, qb, 0, 98304);
    printf("ready\n"); fflush(stdout);
    int64_t end = now_ns() + MAX_LIFE_S * 1000000000LL;
    while (!stop_) {
        int64_t now = now_ns();
        if (now > end) break;
        int got = ingest(&ab, delay, now) + ingest(&ba, delay, now);
        now = now_ns();
        deliver(&ab, now); deliver(&ba, now);
        if (got >= 256) continue;
        if (!ab.count && !ba.count) {
            struct pollfd p[2] = {{a, POLLIN, 0}, {b, POLLIN, 0}};
            poll(p, 2, 500);
        } else {
            int64_t nx = INT64_MAX;
            if (ab.count) nx = ab.q[ab.head].due;
            if (ba.count && ba.q[ba.head].due < nx) nx = ba.q[ba.head].due;
            int64_t s = nx - now_ns();
            if (s > TICK_NS) s = TICK_NS; /* packets that arrive while asleep wait in the device's queue */
            if (s < TICK_NS / 3) s = TICK_NS / 3;
            struct timespec t = {0, s}; nanosleep(&t, 0);
        }
    }
    report("down", &ab); report("up", &ba);
    return 0;
}
