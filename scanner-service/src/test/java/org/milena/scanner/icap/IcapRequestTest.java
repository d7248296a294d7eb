package org.milena.scanner.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.scanner.icap.IcapSamples.CONTINUE;
import static org.milena.scanner.icap.IcapSamples.HTTP_OK;
import static org.milena.scanner.icap.IcapSamples.MAIL;
import static org.milena.scanner.icap.IcapSamples.NO_PREVIEW_204;
import static org.milena.scanner.icap.IcapSamples.PREVIEW;
import static org.milena.scanner.icap.IcapSamples.PREVIEW_204;
import static org.milena.scanner.icap.IcapSamples.TEXT;
import static org.milena.scanner.icap.IcapSamples.UNMODIFIED;
import static org.milena.scanner.icap.IcapSamples.engine;
import static org.milena.scanner.icap.IcapSamples.givenBack;
import static org.milena.scanner.icap.IcapSamples.scan;
import static org.milena.scanner.icap.IcapSamples.specimen;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;

/** What is sent to a service, and in which steps. */
class IcapRequestTest {
  @Test
  void sendsThePreviewAndTheRestWhenTheServiceWantsIt() throws NotScannedException {
    List<FakeIcap.Request> seen = new ArrayList<>();
    EngineVerdict verdict =
        scan(
            PREVIEW_204,
            (peer, request) -> {
              seen.add(request);
              peer.say(CONTINUE);
              seen.add(peer.rest());
              peer.say(UNMODIFIED);
            },
            MAIL);
    assertThat(verdict).isEqualTo(new EngineVerdict.Clean());
    assertThat(seen.getFirst().head())
        .startsWith("RESPMOD icap://127.0.0.1:")
        .contains("/avscan ICAP/1.0\r\n")
        .contains("\r\nAllow: 204\r\n")
        .contains("\r\nPreview: 16\r\n")
        .contains("\r\nContent-Type: message/rfc822\r\n")
        .contains("\r\nContent-Length: " + TEXT.length() + "\r\n");
    assertThat(seen.getFirst().body()).isEqualTo(TEXT.substring(0, 16));
    assertThat(seen.getFirst().all()).isFalse();
    assertThat(seen.getLast().body()).isEqualTo(TEXT.substring(16));
  }

  @Test
  void saysThatThePreviewIsAllWhenItIs() throws NotScannedException {
    List<FakeIcap.Request> seen = new ArrayList<>();
    FakeIcap.Answer answer =
        (peer, request) -> {
          seen.add(request);
          peer.say(UNMODIFIED);
        };
    for (String text : List.of("", "A: b\r\n\r\n", "0123456789abcdef")) {
      assertThat(scan(PREVIEW, answer, specimen(text))).isEqualTo(new EngineVerdict.Clean());
      assertThat(seen.getLast().body()).isEqualTo(text);
      assertThat(seen.getLast().all()).isTrue();
    }
  }

  @Test
  void theOffsetsOfTheRequestAreRight() throws NotScannedException {
    AtomicReference<String> head = new AtomicReference<>("");
    scan(
        NO_PREVIEW_204,
        (peer, request) -> {
          head.set(request.head());
          peer.say(UNMODIFIED);
        },
        MAIL);
    String encapsulated = head.get().substring(head.get().indexOf("\r\n\r\n") + 4);
    int response = encapsulated.indexOf("HTTP/1.1 200 OK");
    assertThat(head.get())
        .contains(
            "Encapsulated: req-hdr=0, res-hdr=" + response + ", res-body=" + encapsulated.length())
        .doesNotContain("Preview");
  }

  @Test
  void unchangedAfterAnUnfinishedPreviewIsUnscannable() throws NotScannedException {
    assertThat(scan(PREVIEW_204, (peer, _) -> peer.say(UNMODIFIED), MAIL))
        .isInstanceOf(EngineVerdict.Unscannable.class);
  }

  @Test
  void unchangedOutsideOfAPreviewIsNotScannedUnlessAllowed() {
    FakeIcap.Answer answer =
        (peer, _) -> {
          peer.say(CONTINUE);
          peer.rest();
          peer.say(UNMODIFIED);
        };
    assertThatThrownBy(() -> scan(PREVIEW, answer, MAIL))
        .isInstanceOf(NotScannedException.class)
        .hasMessageContaining("not allowed");
  }

  @Test
  void aMessageGivenBackIsCleanOnlyWhenNotAnOctetDiffers() throws NotScannedException {
    String options = "Methods: RESPMOD\r\n";
    assertThat(scan(options, (peer, r) -> peer.say(givenBack(r.body())), MAIL))
        .isEqualTo(new EngineVerdict.Clean());
    for (String other :
        List.of(
            "",
            TEXT.substring(1),
            TEXT.substring(0, TEXT.length() - 1),
            TEXT + "x",
            TEXT.replace("hello, hello", "hello, hallo"))) {
      assertThatThrownBy(() -> scan(options, (peer, _) -> peer.say(givenBack(other)), MAIL))
          .as(other)
          .isInstanceOf(NotScannedException.class)
          .hasMessageContaining("another message");
    }
  }

  /** Both would wait for each other if we sent first and read then. */
  @Test
  void takesALargeMessageBackWhileItStillSendsIt() throws NotScannedException {
    String large = TEXT + "x".repeat(16 << 20);
    FakeIcap.Answer streaming = (peer, r) -> peer.say(givenBack(r.body()));
    try (FakeIcap server =
            new FakeIcap(peer -> {
              peer.request();
              peer.say("ICAP/1.0 200 OK\r\nMethods: RESPMOD\r\n\r\n");
              String head = "";
              while (!head.contains("\r\n\r\nHTTP/1.1 200 OK") || !head.endsWith("\r\n\r\n")) {
                head += (char) peer.in().read();
              }
              peer.say(
                  "ICAP/1.0 200 OK\r\nEncapsulated: res-hdr=0, res-body="
                      + HTTP_OK.length()
                      + "\r\n\r\n"
                      + HTTP_OK);
              peer.in().transferTo(peer.out());
            });
        IcapEngine engine = engine(server)) {
      assertThat(engine.scan(specimen(large))).isEqualTo(new EngineVerdict.Clean());
    }
    assertThat(scan("Methods: RESPMOD\r\n", streaming, specimen(large)))
        .isEqualTo(new EngineVerdict.Clean());
  }
}
