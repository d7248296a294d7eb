package org.milena.listexpander.preparation.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.milena.common.outgoing.PlainText;

/** A part of plain text that we write ourselves; the text is in UTF-8, with CRLF. */
final class TextPart {

  /** What its header says. */
  static Map<String, String> fields(byte[] text) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Content-Type", "text/plain; charset=utf-8");
    fields.put("Content-Transfer-Encoding", PlainText.isPlain(text) ? "7bit" : "quoted-printable");
    return fields;
  }

  /** Its body: readable whatever the text. */
  static byte[] body(byte[] text) {
    return PlainText.isPlain(text) ? text : TransferEncoding.quotedPrintable(text);
  }

  /** Header, empty line, and body. */
  static byte[] of(byte[] text) {
    ByteArrayOutputStream part = new ByteArrayOutputStream(text.length + 100);
    fields(text)
        .forEach((name, value) ->
            part.writeBytes((name + ": " + value + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    part.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    part.writeBytes(body(text));
    return part.toByteArray();
  }

  private TextPart() {}
}
