package org.milena.archive.redaction;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.ParsedMessage;
import org.milena.archive.message.Person;
import org.milena.archive.rewriting.TextParts;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.MailCharsets;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.html.HtmlText;
import org.milena.common.mail.RawMessage;
import org.milena.common.mime.MimeWalker;
import org.milena.common.mime.PartHeader;

/**
 * Everything in which readers find words in a message: all parts, attached messages too, all fields
 * and names.
 */
final class Texts {

  /** A page of more characters is not taken apart: its tree is some fifty times as large. */
  static final int MAX_HTML = 2 << 20;

  /** Lines of calendars and cards are cut inside words (RFC 5545 section 3.1, RFC 6350 3.2). */
  private static final Pattern FOLD = Pattern.compile("\\r?\\n[ \\t]");

  private static final Pattern ID = Pattern.compile("<[^<>]*>");
  private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  private final List<String> all = new ArrayList<>();
  private boolean tooLarge;

  private Texts() {}

  /** Of a message. */
  static Texts of(RawMessage message, ParsedMessage parsed) {
    Texts texts = new Texts();
    texts.header(HeaderBlock.of(message));
    List<String> unused = new MimeWalker(texts::part).walk(message);
    texts.all.add(parsed.text().whole());
    texts.all.add(parsed.attachedText());
    texts.all.add(parsed.subject());
    texts.person(parsed.author());
    parsed.to().forEach(texts::person);
    parsed.cc().forEach(texts::person);
    parsed.attachments().stream().map(Attachment::name).forEach(texts.all::add);
    return texts;
  }

  /** As they stand there. */
  List<String> all() {
    return all;
  }

  /** Whether there is a page that is too large to be looked through. */
  boolean tooLarge() {
    return tooLarge;
  }

  /** Whether a passage stands in one of them, in whatever form. */
  boolean have(Passages passages) {
    return all.stream()
        .anyMatch(text ->
            passages.isIn(text)
                || passages.isIn(Normalizer.normalize(text, Normalizer.Form.NFKC))
                || (text.indexOf('%') >= 0 && passages.isIn(unescaped(text))));
  }

  /** With what addresses of pages write as {@code %20}. */
  private static String unescaped(String text) {
    return ENCODED
        .matcher(text)
        .replaceAll(code ->
            Matcher.quoteReplacement(URLDecoder.decode(code.group(), StandardCharsets.UTF_8)));
  }

  private void person(Person person) {
    all.add(person.name());
    all.add(person.address());
  }

  private void header(HeaderBlock header) {
    for (HeaderField field : header.fields()) {
      if (!PassageRewriting.isStructure(field)) {
        all.add(field.decoded());
        all.add(field.value());
      } else if (field.isNamed("Content-Type") || field.isNamed("Content-Disposition")) {
        parameters(ParameterizedHeader.parse(field.value()));
      } else {
        // beside its ids it may have words, as in "Message from Ann of Monday <1@a>"
        all.add(ID.matcher(field.decoded()).replaceAll(" "));
      }
    }
  }

  private void parameters(ParameterizedHeader header) {
    for (Map.Entry<String, String> parameter : header.parameters().entrySet()) {
      if (!parameter.getKey().equals("boundary") && !parameter.getKey().equals("charset")) {
        all.add(parameter.getValue());
      }
    }
  }

  private boolean part(PartHeader header, InputStream content) throws IOException {
    parameters(header.contentType());
    parameters(header.disposition());
    byte[] bytes = content.readAllBytes();
    if (header.isMessage()) {
      header(HeaderBlock.of(bytes, bytes.length));
      return true;
    }
    if (!TextParts.isText(header.type(), header.charset(), bytes)) {
      return true;
    }
    String text = MailCharsets.decode(bytes, 0, bytes.length, header.charset());
    all.add(text);
    if (header.type().contains("calendar") || header.type().contains("vcard")) {
      all.add(FOLD.matcher(text).replaceAll(""));
    }
    if (TextParts.isHtml(header.type())) {
      if (text.length() > MAX_HTML) {
        tooLarge = true;
      } else {
        all.add(HtmlText.of(text));
        all.add(Jsoup.parse(text).text());
      }
    }
    return true;
  }
}
