package org.milena.scanner.icap;

import java.time.Duration;
import java.time.InstantSource;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.Specimen;

/** What the tests of ICAP say to a service, and ask one. */
final class IcapSamples {
  static final Duration LIMIT = Duration.ofSeconds(20);
  static final String PREVIEW = "Methods: RESPMOD\r\nISTag: \"a\"\r\nPreview: 16\r\n";
  static final String PREVIEW_204 = PREVIEW + "Allow: 204\r\n";
  static final String NO_PREVIEW_204 = "Methods: REQMOD, RESPMOD\r\nISTag: \"a\"\r\nAllow: 204\r\n";
  static final String UNMODIFIED = "ICAP/1.0 204 Unmodified\r\nISTag: \"a\"\r\n\r\n";
  static final String CONTINUE = "ICAP/1.0 100 Continue\r\n\r\n";
  static final String HTTP_OK = "HTTP/1.1 200 OK\r\n\r\n";
  static final String TEXT = SampleMail.text(SampleMail.mail("\r\nhello, hello\r\n"));
  static final Specimen MAIL = specimen(TEXT);

  static Specimen specimen(String text) {
    return Specimen.probe(RawMessage.wrap(SampleMail.bytes(text)));
  }

  static IcapEngine engine(FakeIcap server) {
    return new IcapEngine("icap", server.address(), LIMIT, InstantSource.system());
  }

  static EngineVerdict scan(String options, FakeIcap.Answer answer, Specimen mail)
      throws NotScannedException {
    try (FakeIcap server = FakeIcap.serving(options, answer);
        IcapEngine engine = engine(server)) {
      return engine.scan(mail);
    }
  }

  static String givenBack(String body) {
    return "ICAP/1.0 200 OK\r\nISTag: \"a\"\r\nEncapsulated: res-hdr=0, res-body="
        + HTTP_OK.length()
        + "\r\n\r\n"
        + HTTP_OK
        + chunked(body)
        + "0\r\n\r\n";
  }

  static String chunked(String body) {
    var chunks = new StringBuilder();
    for (int at = 0; at < body.length(); at += 7) {
      String chunk = body.substring(at, Math.min(body.length(), at + 7));
      chunks.append(Integer.toHexString(chunk.length())).append("; x=y\r\n");
      chunks.append(chunk).append("\r\n");
    }
    return chunks.toString();
  }

  private IcapSamples() {}
}
