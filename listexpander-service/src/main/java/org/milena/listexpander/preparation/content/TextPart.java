package org.milena.listexpander.preparation.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.milena.common.outgoing.PlainText;
import org.milena.common.outgoing.QuotedPrintable;

/** A part of plain text that we write ourselves; the text is in UTF-8, with CRLF. */
final class TextPart {

  /** Header, empty line, and body of a text that holds places for what is a recipient's own. */
  static byte[] of(byte[] text, PersonalMarks marks) {
    return of("quoted-printable", marks.quotedPrintable(text));
  }

  /** What its header says. */
  static Map<String, String> fields(byte[] text) {
    return fields(PlainText.isPlain(text) ? "7bit" : "quoted-printable");
  }

  private static Map<String, String> fields(String encoding) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Content-Type", "text/plain; charset=utf-8");
    fields.put("Content-Transfer-Encoding", encoding);
    return fields;
  }

  /** Its body: readable whatever the text. */
  static byte[] body(byte[] text) {
    return PlainText.isPlain(text) ? text : QuotedPrintable.encode(text);
  }

  /** Header, empty line, and body. */
  static byte[] of(byte[] text) {
    return of(PlainText.isPlain(text) ? "7bit" : "quoted-printable", body(text));
  }

  private static byte[] of(String encoding, byte[] body) {
    ByteArrayOutputStream part = new ByteArrayOutputStream(body.length + 100);
    fields(encoding)
        .forEach((name, value) ->
            part.writeBytes((name + ": " + value + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    part.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    part.writeBytes(body);
    return part.toByteArray();
  }

  private TextPart() {}
}
