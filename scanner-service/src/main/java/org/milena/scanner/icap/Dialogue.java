package org.milena.scanner.icap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milena.scanner.icap.Reply.Given;
import org.milena.scanner.scan.Specimen;

/** One request on a connection and its reply. The message goes as the body of an HTTP response. */
final class Dialogue {

  private static final int CHUNK = 64 * 1024;
  private static final int CONTINUE = 100;
  private static final Duration OPTIONS_LIMIT = Duration.ofSeconds(5);

  private final IcapAddress address;
  private final Wire wire;
  private boolean mayGoOn;

  Dialogue(IcapAddress address, Wire wire) {
    this.address = address;
    this.wire = wire;
  }

  /** Whether the connection is good for another one. */
  boolean mayGoOn() {
    return mayGoOn;
  }

  /** Asks what the service is (RFC 3507 section 4.10). */
  ServiceOptions options(Instant now) throws IOException {
    wire.hurry(OPTIONS_LIMIT);
    wire.send(
        List.of(
            ascii(
                "OPTIONS %s ICAP/1.0\r\nHost: %s\r\nUser-Agent: Milena\r\n\r\n"
                    .formatted(address.text(), address.authority()))));
    Head head = Head.parse("ICAP", wire.readHead());
    ServiceOptions options = ServiceOptions.of(head, now);
    // a body of options has no length that everybody agrees on
    mayGoOn = goesOn(head) && !head.field("encapsulated").contains("opt-body");
    return options;
  }

  /** Shows it a message (RFC 3507 section 4.9). */
  Reply respmod(Specimen specimen, ServiceOptions options) throws IOException {
    ByteBuffer message = specimen.message().asByteBuffer();
    int preview = options.preview();
    boolean previewed = preview >= 0;
    boolean complete = !previewed || message.remaining() <= preview;
    List<ByteBuffer> request = new ArrayList<>();
    request.add(ascii(head(specimen, options)));
    ByteBuffer first = previewed && !complete ? message.slice(0, preview) : message.slice();
    addChunks(request, first, previewed && complete ? "0; ieof\r\n\r\n" : "0\r\n\r\n");
    wire.send(request);

    Head icap = Head.parse("ICAP", wire.readHead());
    boolean within = previewed;
    if (icap.status() == CONTINUE && !complete) {
      List<ByteBuffer> rest = new ArrayList<>();
      addChunks(rest, message.slice(preview, message.remaining() - preview), "0\r\n\r\n");
      wire.send(rest);
      complete = true;
      within = false;
      icap = Head.parse("ICAP", wire.readHead());
    }
    boolean wholeAtHead = complete && wire.allSent();
    boolean mayBeUnchanged = within || options.allow204();
    if (icap.status() != 200) {
      mayGoOn = icap.status() == 204 && wholeAtHead && goesOn(icap);
      return new Reply(icap, Optional.empty(), Given.NOTHING, wholeAtHead, mayBeUnchanged);
    }
    Optional<Head> http = Optional.empty();
    if (Findings.in(icap, http).isPresent()) {
      // not kept: what follows a find is a page for a person
      return new Reply(icap, http, Given.NOTHING, wholeAtHead, mayBeUnchanged);
    }
    Sections sections = Sections.of(icap);
    if (sections.headOctets() > 0) {
      http = Optional.of(Head.parse("HTTP", wire.read(sections.headOctets())));
    }
    if (!sections.body() || Findings.in(icap, http).isPresent()) {
      return new Reply(icap, http, Given.NOTHING, wholeAtHead, mayBeUnchanged);
    }
    boolean same = ChunkedBody.isSame(wire, message.slice());
    boolean whole = complete && wire.allSent();
    mayGoOn = same && whole && goesOn(icap);
    return new Reply(icap, http, same ? Given.SAME : Given.OTHER, whole, mayBeUnchanged);
  }

  private String head(Specimen specimen, ServiceOptions options) {
    // a name of its own for each message: some services remember verdicts by it
    String get =
        "GET http://mail.invalid/%s.eml HTTP/1.1\r\nHost: mail.invalid\r\n\r\n"
            .formatted(specimen.message().sha256());
    String ok =
        "HTTP/1.1 200 OK\r\nContent-Type: message/rfc822\r\nContent-Length: %d\r\n\r\n"
            .formatted(specimen.message().size());
    return """
    RESPMOD %s ICAP/1.0\r
    Host: %s\r
    User-Agent: Milena\r
    %s%sEncapsulated: req-hdr=0, res-hdr=%d, res-body=%d\r
    \r
    %s%s\
    """
        .formatted(
            address.text(),
            address.authority(),
            options.allow204() ? "Allow: 204\r\n" : "",
            options.preview() >= 0 ? "Preview: " + options.preview() + "\r\n" : "",
            get.length(),
            get.length() + ok.length(),
            get,
            ok);
  }

  private static void addChunks(List<ByteBuffer> to, ByteBuffer content, String last) {
    int at = 0;
    while (at < content.remaining()) {
      int size = Math.min(CHUNK, content.remaining() - at);
      to.add(ascii(Integer.toHexString(size) + "\r\n"));
      to.add(content.slice(at, size));
      to.add(ascii("\r\n"));
      at += size;
    }
    to.add(ascii(last));
  }

  private static boolean goesOn(Head head) {
    return !head.lists("connection", "close");
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
