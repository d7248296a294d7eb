package org.milena.listexpander.notice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.milena.common.event.Sentence;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.sentence.Sentences;
import org.milena.listexpander.template.Language;
import org.milena.listexpander.template.Placeholder;
import org.milena.listexpander.template.TemplateName;

/** Values of {@link TemplateName#own()}. */
final class OwnValues {
  private static final int MAX_SUBJECT = 700;

  /** These values, which are exactly those of the text. */
  static Map<String, String> checked(TemplateName name, Map<String, String> own) {
    Set<String> expected = name.own().stream().map(Placeholder::name).collect(Collectors.toSet());
    if (!own.keySet().equals(expected)) {
      // here and always, not only where an owner's text happens to ask for it
      throw new IllegalArgumentException(name + " has " + expected + ", not " + own.keySet());
    }
    return own;
  }

  /** Whom a text is about, to be added to. */
  static Map<String, String> user(MailAddress address) {
    return new HashMap<>(Map.of("user_email", address.toString()));
  }

  /** The same with a name, which may be empty. */
  static Map<String, String> user(MailAddress address, String name) {
    return new HashMap<>(Map.of("user_email", address.toString(), "user_name", name));
  }

  /** One line in any case. */
  static String subject(String subject, Language language) {
    String line = OneLine.of(subject, MAX_SUBJECT);
    if (!line.isEmpty()) {
      return line;
    }
    return Words.of(language).noSubject();
  }

  /** A line each. */
  static String bullets(List<Sentence> reasons, Language language) {
    return Sentences.in(language, reasons).stream()
        .map(reason -> "- " + reason)
        .collect(Collectors.joining("\n"));
  }

  private OwnValues() {}
}
