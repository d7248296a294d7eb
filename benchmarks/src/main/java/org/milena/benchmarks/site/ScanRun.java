package org.milena.benchmarks.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.ClamdDaemon;
import org.milena.benchmarks.server.Cpu;
import org.milena.benchmarks.server.SmtpPost;
import org.milena.benchmarks.server.StandaloneServer;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.builtin.AttachmentPolicy;
import org.milena.scanner.builtin.BuiltinEngine;
import org.milena.scanner.builtin.ScanLimits;
import org.milena.scanner.clamav.ClamdAddress;
import org.milena.scanner.clamav.ClamdEngine;
import org.milena.scanner.resilience.EnginePool;
import org.milena.scanner.resilience.GuardSettings;
import org.milena.scanner.resilience.GuardedEngine;
import org.milena.scanner.scan.Reading;
import org.milena.scanner.scan.ScanListener;
import org.milena.scanner.scan.Scanner;

/**
 * Scans a second and what a scan costs, by size: clamd asked by the shortest program there can be,
 * and clamd asked by the scanner, with its guards and the built-in checks. Then the time from 250
 * to verdict.
 */
final class ScanRun {

  private static final Random RANDOM = new Random(3);
  private static final int AT_ONCE = 8;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int POSTS_A_SECOND = 20;
  private static final int CHUNK = 64 * 1024;
  private static final String MEMBER = "member0@example.net";
  private static final String LIST = "scanned@" + StandaloneServer.DOMAIN;

  /** Octets of a mail, and how many are scanned in a round. */
  private static final Map<Integer, Integer> SIZES = new LinkedHashMap<>();

  static {
    SIZES.put(2_048, 4_000);
    SIZES.put(10_240, 4_000);
    SIZES.put(102_400, 1_000);
    SIZES.put(1 << 20, 150);
    SIZES.put(10 << 20, 16);
  }

  private final Workbench bench;
  private final ClamdDaemon clamd;

  ScanRun(Workbench bench, ClamdDaemon clamd) {
    this.bench = bench;
    this.clamd = clamd;
  }

  /** Scans one mail. */
  @FunctionalInterface
  private interface Way {
    void scan(RawMessage message);
  }

  /** What the rounds of one way gave. */
  private static final class Figures {
    final Sample rate = new Sample();
    final Sample clamd = new Sample();
    final Sample ours = new Sample();
  }

  /** clamd alone, and behind the scanner. */
  void rates() {
    bench.heading("Scans of one clamd");
    bench.say(
        "clamd with %,d made-up signatures and without its cache, %d mails at once over its unix socket.\n"
            .formatted(ClamdDaemon.SIGNATURES, AT_ONCE));
    Table table =
        new Table(
            "size",
            "asked by",
            "scans/s",
            "ratio",
            "scans for a second of clamd's CPU",
            "clamd, CPU ms/scan",
            "who asks, CPU ms/scan");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Scanner scanner = scanner(threads);
      Way plain = message -> plain(clamd.socket(), message);
      Way whole = message -> whole(scanner, message);
      SIZES.forEach((octets, count) -> {
        int scans = Math.max(AT_ONCE, bench.scale().rounds() > 1 ? count : count / 10);
        round(plain, octets, scans, new Figures()); // for a JVM to compile what is hot
        round(whole, octets, scans, new Figures());
        Figures alone = new Figures();
        Figures behind = new Figures();
        for (int i = 0; i < bench.scale().rounds(); i++) {
          round(plain, octets, scans, alone);
          round(whole, octets, scans, behind);
        }
        row(table, octets, "the shortest program", alone, 1);
        row(table, octets, "**the scanner**", behind, behind.rate.median() / alone.rate.median());
      });
    }
    bench.say(table.toString());
  }

  private Scanner scanner(ExecutorService threads) {
    InstantSource clock = InstantSource.system();
    return new Scanner(
        List.of(
            new GuardedEngine(
                new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT),
                "builtin",
                GuardSettings.IN_PROCESS.withConcurrent(AT_ONCE),
                threads),
            new EnginePool(
                List.of(
                    new GuardedEngine(
                        new ClamdEngine(new ClamdAddress.Unix(clamd.socket()), clock),
                        "clamd",
                        GuardSettings.DEFAULT,
                        threads)),
                threads)),
        threads,
        clock,
        ScanListener.NONE);
  }

  private static void row(Table table, int octets, String who, Figures figures, double ratio) {
    table.row(
        octets >= 1 << 20 ? (octets >> 20) + " MB" : (octets >> 10) + " KB",
        who,
        Sample.number(figures.rate.median(), 0) + " (" + figures.rate.spread(0) + ")",
        Sample.number(ratio, 2),
        Sample.number(1_000 / figures.clamd.median(), 0),
        Sample.number(figures.clamd.median(), 2),
        Sample.number(figures.ours.median(), 2));
  }

  private void round(Way way, int octets, int scans, Figures figures) {
    List<RawMessage> mails = mails(octets, Math.min(scans, 64));
    bench.quiet().await();
    AtomicInteger left = new AtomicInteger(scans);
    double clamdBefore = clamd.cpuSeconds();
    double oursBefore = Cpu.ofOurselves();
    long start = System.nanoTime();
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        running.add(
            workers.submit(() -> {
              for (int next = left.getAndDecrement(); next > 0; next = left.getAndDecrement()) {
                way.scan(mails.get(next % mails.size()));
              }
            }));
      }
      for (Future<?> worker : running) {
        worker.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    } catch (ExecutionException e) {
      throw new BenchmarkException("a scan failed: " + e.getCause(), e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    figures.rate.add(scans / seconds);
    figures.clamd.add((clamd.cpuSeconds() - clamdBefore) * 1_000 / scans);
    figures.ours.add((Cpu.ofOurselves() - oursBefore) * 1_000 / scans);
  }

  private static List<RawMessage> mails(int octets, int count) {
    Letters letters = new Letters();
    List<RawMessage> mails = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      mails.add(
          RawMessage.wrap(
              letters.next(MEMBER, LIST, octets - 80).text().getBytes(StandardCharsets.US_ASCII)));
    }
    return mails;
  }

  /** No guard, no deadline, no check of anything: what nobody can be faster than. */
  private static void plain(Path socket, RawMessage message) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      write(channel, ByteBuffer.wrap("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer content = message.asByteBuffer();
      while (content.hasRemaining()) {
        int size = Math.min(CHUNK, content.remaining());
        write(channel, ByteBuffer.allocate(4).putInt(0, size));
        write(channel, content.slice(content.position(), size));
        content.position(content.position() + size);
      }
      write(channel, ByteBuffer.allocate(4));
      ByteBuffer reply = ByteBuffer.allocate(256);
      int got = 0;
      while (got >= 0) {
        got = channel.read(reply);
      }
      String text = new String(reply.array(), 0, reply.position(), StandardCharsets.US_ASCII);
      if (!text.equals("stream: OK\0")) {
        throw new BenchmarkException("clamd says " + text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(SocketChannel channel, ByteBuffer octets) throws IOException {
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }

  /** As of a content that was never seen, so that no verdict is remembered. */
  private static void whole(Scanner scanner, RawMessage message) {
    MailId id;
    synchronized (RANDOM) {
      id = MailId.next(InstantSource.system(), RANDOM);
    }
    MailMeta meta =
        new MailMeta(
            id,
            Instant.now(),
            new ReversePath.Null(),
            List.of(),
            new MailMeta.BodyFacts(false, false),
            new ClientFacts("127.0.0.1", "localhost", "ESMTP", null, null),
            id.toString(),
            null);
    Reading reading = scanner.read(meta, message);
    if (reading.reports().size() != 2
        || reading.reports().stream().anyMatch(one -> one.verdict() != Verdict.CLEAN)) {
      throw new BenchmarkException("the scanner says " + reading);
    }
  }

  /** From 250 to verdict, on an idle site and while posts flow. */
  void ages(StandaloneServer milena) {
    milena.api().createList(LIST, 10);
    Sample unused = untilVerdict(milena, 20, 0);
    bench.heading("From 250 to verdict");
    int posts = 10 * bench.scale().posts();
    Table table = new Table("posts of 10 KB", "median, ms", "95 %, ms", "99 %, ms", "spread, ms");
    row(table, "one after the other", untilVerdict(milena, posts, 0));
    row(
        table,
        POSTS_A_SECOND + " a second, to 10 members each",
        untilVerdict(milena, posts, POSTS_A_SECOND));
    bench.say(table.toString());
    milena.api().awaitIdle(LIMIT);
  }

  private static void row(Table table, String name, Sample sample) {
    table.row(
        name,
        Sample.number(sample.median(), 0),
        Sample.number(sample.percentile(95), 0),
        Sample.number(sample.percentile(99), 0),
        sample.spread(0));
  }

  /**
   * Posts, and asks each mail's story when it was scanned. Both clocks are this machine's.
   *
   * @param aSecond posts a second; 0: the next one once the one before has its verdict
   */
  private static Sample untilVerdict(StandaloneServer milena, int posts, int aSecond) {
    Letters letters = new Letters();
    Map<String, Instant> accepted = new LinkedHashMap<>();
    Sample sample = new Sample();
    try (SmtpPost post = SmtpPost.to(milena.smtpPort())) {
      long start = System.nanoTime();
      for (int i = 0; i < posts; i++) {
        Letters.Letter letter = letters.next(MEMBER, LIST, Scale.OCTETS);
        long unused = post.post(MEMBER, "", List.of(LIST), letter.text());
        accepted.put(letter.word() + "@benchmark.example.net", Instant.now());
        if (aSecond == 0) {
          take(milena, accepted, sample);
        } else {
          long next = start + (i + 1) * 1_000_000_000L / aSecond;
          while (System.nanoTime() - next < 0) {
            LockSupport.parkNanos(next - System.nanoTime());
          }
        }
      }
    }
    take(milena, accepted, sample);
    return sample;
  }

  private static void take(StandaloneServer milena, Map<String, Instant> accepted, Sample sample) {
    accepted.forEach((messageId, at) -> {
      Instant scanned = milena.api().scannedAt(messageId, LIMIT);
      sample.add(Math.max(0, Duration.between(at, scanned).toNanos() / 1e6));
    });
    accepted.clear();
  }
}
