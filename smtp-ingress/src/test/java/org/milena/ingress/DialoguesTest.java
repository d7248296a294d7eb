package org.milena.ingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.ingress.fixture.MemoryPeer;
import org.milena.ingress.fixture.TestSite;
import org.milena.ingress.session.PortRole;
import org.milena.testkit.script.Dialogue;
import org.milena.testkit.script.Peer;
import org.milena.testkit.script.Script;
import org.milena.testkit.script.SocketPeer;

/** Every script in {@code dialogue}, without a socket and over a real one. */
class DialoguesTest {
  private static final Map<String, String> VARIABLES =
      Map.of("58", "y".repeat(58), "63", "y".repeat(63), "64", "y".repeat(64));

  static List<Named<Path>> scripts() {
    try (Stream<Path> files =
        Files.list(
            Path.of(
                Objects.requireNonNull(DialoguesTest.class.getResource("/dialogue")).toURI()))) {
      return files.sorted().map(file -> Named.of(file.getFileName().toString(), file)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void playsWithoutASocket(Path file) throws IOException {
    try (TestSite site = site();
        Peer peer = new MemoryPeer(site, role(file))) {
      Dialogue.play(Script.of(file, VARIABLES), peer);
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void playsOverASocket(Path file) throws IOException {
    try (TestSite site = site();
        Peer peer =
            role(file) == PortRole.SUBMISSIONS
                ? SocketPeer.connectTls(site.port(PortRole.SUBMISSIONS))
                : SocketPeer.connect(site.port(role(file)))) {
      Dialogue.play(Script.of(file, VARIABLES), peer);
    }
  }

  private static TestSite site() {
    TestSite site = TestSite.start();
    site.directory.addList("liste@bücher.example");
    return site;
  }

  private static PortRole role(Path file) {
    String name = file.getFileName().toString();
    if (name.startsWith("submissions-")) {
      return PortRole.SUBMISSIONS;
    }
    return name.startsWith("submission-") ? PortRole.SUBMISSION : PortRole.SMTP;
  }
}
