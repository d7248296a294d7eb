package org.milena.scanner.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.scanner.scan.SampleMail;

/**
 * Archives and documents with octets changed, cut, doubled: a verdict on each, and no exception.
 */
class HostileFilesTest {

  private static final int ROUNDS = 60;

  @Test
  @Timeout(120)
  void everyDamagedFileHasAVerdict() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.putAll(
        SampleArchives.with("test.txt", SampleMail.bytes("Dear Milena, it is late. ".repeat(9))));
    files.put("a.doc", DocumentsTest.ole2("Macros/VBA/dir", new byte[5000]));
    files.put(
        "a.pdf", DocumentsTest.pdf("<</S/Launch/F(a)/Encrypt 9 0 R>> <</F(x.exe)/EmbeddedFile>>"));
    files.put("a.exe", DocumentsTest.program());
    var random = new Random(20260101);
    for (var file : files.entrySet()) {
      List<String> verdicts = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        byte[] damaged = damaged(file.getValue(), random);
        verdicts.add(findings(file.getKey(), damaged).verdict().toString());
      }
      assertThat(verdicts).as(file.getKey()).hasSize(ROUNDS);
    }
  }

  /** Past the engine's own net, so that an exception would be seen. */
  private static Findings findings(String name, byte[] file) {
    var limits =
        new ScanLimits(30, 1000, 17, 10_000, 32L << 20, 200, 96L << 20, Duration.ofSeconds(20));
    var budget = new Budget(limits, new MemoryPool(1L << 30, 96L << 20), System::nanoTime);
    var walk = new ContentWalk(AttachmentPolicy.DEFAULT, budget);
    return walk.walk(
        new ByteArrayInputStream(
            SampleMail.attachment(name, "base64", SampleMail.base64(file)).unsafeBytes()));
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] damaged = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(damaged.length);
      switch (random.nextInt(4)) {
        case 0 -> damaged[at] = (byte) random.nextInt(256);
        case 1 -> damaged[at] = (byte) 0xFF;
        case 2 -> damaged = Arrays.copyOf(damaged, Math.max(8, at));
        default -> {
          int length = Math.min(8, damaged.length - at);
          System.arraycopy(
              damaged, random.nextInt(damaged.length - length + 1), damaged, at, length);
        }
      }
    }
    return damaged;
  }
}
