package org.milena.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DialogueTest {

  @Test
  void passesWhenTheServerSaysWhatTheScriptExpects() {
    var server =
        new Canned("220 host ESMTP", "250-host", "250-SIZE 10", "250 PIPELINING", "250 2.0.0 Ok");

    assertThatCode(() ->
            Dialogue.play(
                script(
                    """
                    S: 220 *
                    C: EHLO me
                    S+: SIZE
                    S-: AUTH
                    S: 250 *
                    C!: NO\\x4fP\\r\\n
                    S: 250 2.0.0 *
                    CLOSED
                    """),
                server))
        .doesNotThrowAnyException();
    assertThat(server.sent.toString(StandardCharsets.US_ASCII)).isEqualTo("EHLO me\r\nNOOP\r\n");
  }

  @Test
  void namesTheLineThatFailed() {
    assertThatThrownBy(
            () -> Dialogue.play(script("# hello\nS: 220 other\n"), new Canned("220 host")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("test:2")
        .hasMessageContaining("220 host");
  }

  @Test
  void failsForALineThatIsThereThoughItMustNot() {
    assertThatThrownBy(() ->
            Dialogue.play(
                script("S: 220 *\nC: EHLO me\nS-: AUTH\nS: 250 *\n"),
                new Canned("220 host", "250-host", "250 AUTH PLAIN")))
        .hasMessageContaining("begins with AUTH");
  }

  @Test
  void failsForAnEnhancedStatusOfAnotherClassWhateverTheScriptSays() {
    assertThatThrownBy(() ->
            Dialogue.play(
                script("S: 220 *\nC: NOOP\nS: *\n"), new Canned("220 host", "250 5.0.0 Ok")))
        .hasMessageContaining("enhanced status");
  }

  @Test
  void failsForALineThatIsTooLong() {
    assertThatThrownBy(() -> Dialogue.play(script("S: *\n"), new Canned("220 " + "x".repeat(507))))
        .hasMessageContaining("512 octets");
  }

  @Test
  void failsWhenTheServerGoesOnThoughItShouldHaveClosed() {
    assertThatThrownBy(() -> Dialogue.play(script("CLOSED\n"), new Canned("220 host")))
        .hasMessageContaining("expected the end");
  }

  @Test
  void refusesALineThatMeansNothing() {
    assertThatThrownBy(() -> script("X: what\n")).hasMessageContaining("test:1");
  }

  @Test
  void encodesAndReplaces() {
    Script script =
        Script.parse(
            "test",
            "C: AUTH PLAIN {base64:\\x00${user}\\x00pw}\nC: jörg\n",
            Map.of("user", "anna"));

    assertThat(script.steps())
        .containsExactly(
            new Script.Step.Send(1, "AUTH PLAIN AGFubmEAcHc=\r\n", 1),
            new Script.Step.Send(2, "j\u00c3\u00b6rg\r\n", 1));
  }

  private static Script script(String text) {
    return Script.parse("test", text, Map.of());
  }

  /** Says its lines, whatever it hears. */
  private static final class Canned implements Peer {
    private final ArrayDeque<String> lines;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    Canned(String... lines) {
      this.lines = new ArrayDeque<>(List.of(lines));
    }

    @Override
    public void send(byte[] octets) {
      sent.writeBytes(octets);
    }

    @Override
    public @Nullable String readLine() {
      return lines.poll();
    }

    @Override
    public void startTls() {}

    @Override
    public void close() {}
  }
}
