package org.milena.scanner.builtin;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.Specimen;

/**
 * A process with a small heap that scans every message of a folder, and a clean one again and again
 * beside it. Writes a line for each: name, verdict, milliseconds, peak of the heap in MiB, clean
 * mails scanned meanwhile, reason.
 */
final class BombSquad {

  private static final List<MemoryPoolMXBean> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private BombSquad() {}

  public static void main(String[] arguments) throws Exception {
    var engine = new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);
    var clean = new AtomicInteger();
    var end = new AtomicBoolean();
    Thread beside = Thread.ofPlatform().daemon().start(() -> scanCleanMail(engine, clean, end));
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      for (Path file : files.sorted().toList()) {
        System.out.println(line(engine, file, clean));
      }
    }
    end.set(true);
    beside.join();
    System.out.println("done");
  }

  private static String line(BuiltinEngine engine, Path file, AtomicInteger clean)
      throws IOException, NotScannedException {
    var specimen = Specimen.probe(RawMessage.wrap(Files.readAllBytes(file)));
    System.gc();
    HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
    int before = clean.get();
    long from = System.nanoTime();
    EngineVerdict verdict = engine.scan(specimen);
    long millis = (System.nanoTime() - from) / 1_000_000;
    long peak = HEAP.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
    while (clean.get() == before) {
      Thread.onSpinWait(); // it must get its turn at last
    }
    return "%s|%s|%d|%d|%d|%s"
        .formatted(
            file.getFileName(),
            verdict.verdict(),
            millis,
            peak,
            clean.get() - before,
            verdict.detail().replaceAll("x{100,}", "xxx…"));
  }

  private static void scanCleanMail(BuiltinEngine engine, AtomicInteger count, AtomicBoolean end) {
    var specimen = Specimen.probe(Objects.requireNonNull(SampleMail.clean().get("zip")));
    try {
      while (!end.get()) {
        if (engine.scan(specimen) instanceof EngineVerdict.Clean) {
          count.incrementAndGet();
        }
      }
    } catch (NotScannedException e) {
      throw new IllegalStateException(e);
    }
  }
}
