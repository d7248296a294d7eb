package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.scanner.scan.SampleMail.attachment;
import static org.milena.scanner.scan.SampleMail.base64;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.compress.archivers.sevenz.SevenZMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.failure.OutageException;
import org.milena.scanner.builtin.archive.ArchiveEntry;
import org.milena.scanner.builtin.archive.ArchiveFormat;
import org.milena.scanner.builtin.archive.ArchiveVisitor;
import org.milena.scanner.builtin.archive.MemoryUse;
import org.milena.scanner.builtin.archive.Unpacker;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.Specimen;

@Timeout(30)
class BudgetTest {

  private final MemoryPool pool = new MemoryPool(400L << 20, 96L << 20);

  @Test
  void whatTakesTooLongIsUnscannable() throws NotScannedException {
    var time = new AtomicLong(Long.MAX_VALUE - 5); // the count of nanoseconds may wrap
    var slow =
        new BuiltinEngine(
            AttachmentPolicy.DEFAULT,
            ScanLimits.DEFAULT,
            pool,
            () -> time.getAndAdd(Duration.ofSeconds(1).toNanos()));
    assertThat(slow.scan(Specimen.probe(attachment("a.dat", "base64", base64(new byte[200_000])))))
        .isEqualTo(new EngineVerdict.Unscannable("took longer than 20 s"));
  }

  @Test
  void aScanThatNeedsMuchMemoryWaitsForItsPlace() throws Exception {
    var first = new Budget(ScanLimits.DEFAULT, pool, System::nanoTime);
    var second = new Budget(ScanLimits.DEFAULT, pool, System::nanoTime);
    first.take(64L << 20);
    second.take(8L << 20); // little enough to go without a place
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              try {
                second.take(64L << 20);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    first.close();
    waiting.join();
    second.close();
  }

  @Test
  void whoWaitsInVainForMemoryBlamesNobody() throws Exception {
    var taken = new MemoryPool(400L << 20, 400L << 20, Duration.ofMillis(1));
    assertThat(taken.enter()).isTrue();
    var engine =
        new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT, taken, System::nanoTime);
    byte[] hello = SampleMail.bytes("hello");
    byte[] archive = SampleArchives.sevenZip("a.txt", hello, SevenZMethod.LZMA2);
    for (byte[] file : new byte[][] {archive, SampleMail.zip("a.7z", archive)}) {
      Specimen mail = Specimen.probe(attachment("a.7z", "base64", base64(file)));
      assertThatThrownBy(() -> engine.scan(mail))
          .isInstanceOf(OutageException.class)
          .hasMessage("all memory for archives is taken");
    }
    taken.leave();
    assertThat(engine.scan(Specimen.probe(attachment("a.7z", "base64", base64(archive)))))
        .isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void whatALibrarySaysIsMadeSafeAndCut() {
    var why = new IOException("no such file: \u001b[31m" + "x".repeat(5_000));
    assertThat(Archives.damaged("a.zip", why))
        .startsWith("damaged archive a.zip: no such file: \\u{1b}[31mxxx")
        .hasSizeLessThan(300);
  }

  @Test
  void noScanGetsMoreThanItsShare() {
    var budget = new Budget(ScanLimits.DEFAULT, pool, System::nanoTime);
    assertThatThrownBy(() -> budget.take(97L << 20)).isInstanceOf(LimitException.class);
    budget.close();
    var small =
        new Budget(ScanLimits.DEFAULT, new MemoryPool(64 << 20, 96 << 20), System::nanoTime);
    assertThatThrownBy(() -> small.take(17L << 20)).isInstanceOf(LimitException.class);
    small.close();
  }

  @Test
  void givesBackWhatEveryArchiveTook() throws IOException {
    for (var archive : SampleArchives.with("a.txt", SampleMail.bytes("hello")).entrySet()) {
      var taken = new AtomicLong();
      var unpacker =
          new Unpacker(
              new MemoryUse() {
                @Override
                public void take(long octets) {
                  taken.addAndGet(octets);
                }

                @Override
                public void giveBack(long octets) {
                  taken.addAndGet(-octets);
                }
              });
      byte[] octets = archive.getValue();
      var format = ArchiveFormat.of(octets, octets.length, archive.getKey()).orElseThrow();
      unpacker.unpack(
          format,
          archive.getKey(),
          octets,
          octets.length,
          new ByteArrayInputStream(octets),
          new Reading());
      assertThat(taken).as(archive.getKey()).hasValue(0);
    }
  }

  @Test
  void anotherPolicyIsAnotherVersion() {
    String version = new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT).version();
    assertThat(version).matches("5-[0-9a-f]{8}");
    assertThat(new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT).version())
        .isEqualTo(version);
    assertThat(
            new BuiltinEngine(new AttachmentPolicy(Set.of("exe"), Set.of()), ScanLimits.DEFAULT)
                .version())
        .isNotEqualTo(version);
  }

  private static final class Reading implements ArchiveVisitor {

    @Override
    public void file(ArchiveEntry entry) throws IOException {
      entry.content().transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void alsoNamed(String name) {}

    @Override
    public boolean enough() {
      return false;
    }
  }
}
