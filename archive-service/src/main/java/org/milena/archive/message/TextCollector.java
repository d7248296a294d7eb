package org.milena.archive.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.milena.archive.extract.AttachmentReader;
import org.milena.common.header.MailCharsets;
import org.milena.common.html.HtmlText;
import org.milena.common.mime.MimeWalker;
import org.milena.common.mime.PartHeader;
import org.milena.common.mime.PartVisitor;

/**
 * Takes the leaves of a message and tells text from attachments.
 *
 * <p>Text is what stands inline and has no file name. In a multipart/alternative plain text counts,
 * and HTML only where there is none.
 */
final class TextCollector implements PartVisitor {
  private static final int MAX_HTML = 4 << 20;

  private record Piece(String alternatives, boolean html, String text) {}

  private final int maxText;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<String> defects = new ArrayList<>();
  private final AttachmentCollector attachments;
  private final Map<String, Boolean> plainIn = new HashMap<>();
  private int parts;
  private int plainCharacters;
  private int htmlOctets;

  TextCollector(int maxText, AttachmentReader reader) {
    this.maxText = maxText;
    this.attachments = new AttachmentCollector(reader);
  }

  @Override
  public boolean part(PartHeader header, InputStream content) throws IOException {
    parts++;
    boolean plain = header.type().equals("text/plain");
    if (header.isText()) {
      if (plain) {
        plain(header, content);
      } else {
        html(header, content);
      }
      return true;
    }
    attachments.add(header, content);
    return true;
  }

  private void plain(PartHeader header, InputStream content) throws IOException {
    int room = maxText - plainCharacters;
    byte[] bytes = MimeWalker.read(content, 4 * room);
    if (MimeWalker.drain(content) > 0) {
      cut();
    }
    String text = MailCharsets.decode(bytes, 0, bytes.length, header.charset());
    String clean = CleanText.lines(text, room);
    if (clean.isBlank()) {
      return;
    }
    if (is(header, "format", "flowed")) {
      clean = FlowedText.of(clean, is(header, "delsp", "yes"));
    }
    plainCharacters += clean.length();
    plainIn.put(header.alternatives(), true);
    pieces.add(new Piece(header.alternatives(), false, clean));
  }

  private void html(PartHeader header, InputStream content) throws IOException {
    byte[] bytes = MimeWalker.read(content, MAX_HTML - htmlOctets);
    if (MimeWalker.drain(content) > 0) {
      cut();
    }
    htmlOctets += bytes.length;
    pieces.add(
        new Piece(
            header.alternatives(),
            true,
            MailCharsets.decode(bytes, 0, bytes.length, header.charset())));
  }

  private static boolean is(PartHeader header, String parameter, String value) {
    return header.contentType().parameter(parameter).filter(value::equalsIgnoreCase).isPresent();
  }

  String attachedText() {
    return attachments.text();
  }

  void addPlain(String text) {
    String clean = CleanText.lines(text, maxText);
    if (!clean.isBlank()) {
      pieces.add(new Piece("", false, clean));
    }
  }

  private void cut() {
    defects.add("only the beginning of its text can be searched and shown");
  }

  boolean isEmpty() {
    return parts == 0;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      boolean alternative = !piece.alternatives().isEmpty();
      if (piece.html() && alternative && plainIn.containsKey(piece.alternatives())) {
        continue;
      }
      int room = maxText - text.length() - 1;
      if (room <= 0) {
        break;
      }
      String shown = piece.html() ? CleanText.lines(HtmlText.of(piece.text()), room) : piece.text();
      if (shown.isBlank()) {
        continue;
      }
      if (!text.isEmpty()) {
        text.append(text.charAt(text.length() - 1) == '\n' ? "" : "\n");
      }
      text.append(shown, 0, Math.min(shown.length(), room));
    }
    return CleanText.lines(text.toString(), maxText);
  }

  List<Attachment> attachments() {
    return attachments.attachments();
  }

  List<String> defects() {
    List<String> all = new ArrayList<>(defects);
    all.addAll(attachments.defects());
    return all;
  }
}
