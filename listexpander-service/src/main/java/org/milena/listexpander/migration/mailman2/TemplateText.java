package org.milena.listexpander.migration.mailman2;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of Mailman 2.1 with placeholders, in the form of Mailman 3: {@code %(real_name)s} has
 * become {@code ${display_name}}.
 *
 * <p>What Mailman puts together of several, as the address of the list or of its page, becomes one.
 *
 * @param text with the placeholders {@code list_address}, {@code list_name}, {@code list_domain},
 *     {@code display_name}, {@code description}, {@code user_address}, {@code user_name}, {@code
 *     list_url} and {@code unsubscribe_url}
 * @param kept placeholders that have no counterpart and stand in the text as they were, and {@code
 *     ${...}} that were no placeholders before, each once
 */
public record TemplateText(String text, List<String> kept) {
  private static final String LIST = "%\\((?:real_name|list_name|_internal_name|listname)\\)s";

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "(?<address>"
              + LIST
              + "@%\\(host_name\\)s)"
              + "|%\\(web_page_url\\)s(?<page>listinfo|options)(?:%\\(cgiext\\)s)?/"
              + LIST
              + "(?:/%\\((?:user_address|user_delivered_to)\\)s)?"
              + "|%\\((?<name>\\w{1,64})\\)(?<conversion>[a-zA-Z])?"
              + "|(?<percent>%%)"
              + "|(?<dollar>\\$\\{\\w{1,64}})");

  private static final Pattern DOLLAR =
      Pattern.compile(
          "(?<escaped>\\$\\$)|\\$(?<bare>[_a-z]\\w{0,63})|\\$\\{(?<braced>[_a-z]\\w{0,63})}"
              + "|(?<percent>%)");

  /** Copies. */
  public TemplateText {
    kept = List.copyOf(kept);
  }

  /**
   * Converts a text.
   *
   * @param dollarStrings whether it has {@code $name} and {@code ${name}} for {@code %(name)s}
   */
  public static TemplateText of(String mailman2, boolean dollarStrings) {
    String percent =
        dollarStrings ? DOLLAR.matcher(mailman2).replaceAll(TemplateText::percent) : mailman2;
    TreeSet<String> kept = new TreeSet<>();
    String text =
        PLACEHOLDER
            .matcher(percent)
            .replaceAll(match -> {
              Optional<String> converted = convert(match);
              if (converted.isEmpty()) {
                kept.add(match.group());
              }
              return Matcher.quoteReplacement(converted.orElseGet(match::group));
            });
    return new TemplateText(text, List.copyOf(kept));
  }

  /** As Mailman itself reads dollar strings: it makes the other form of them. */
  private static String percent(MatchResult match) {
    String name = match.group("bare") != null ? match.group("bare") : match.group("braced");
    String percent;
    if (name != null) {
      percent = "%(" + name + ")s";
    } else if (match.group("percent") != null) {
      percent = "%%";
    } else {
      percent = "$";
    }
    return Matcher.quoteReplacement(percent);
  }

  private static Optional<String> convert(MatchResult match) {
    if (match.group("address") != null) {
      return Optional.of("${list_address}");
    }
    if (match.group("page") != null) {
      return Optional.of(
          match.group("page").equals("listinfo") ? "${list_url}" : "${unsubscribe_url}");
    }
    if (match.group("percent") != null) {
      return Optional.of("%");
    }
    if (match.group("dollar") != null || !"s".equals(match.group("conversion"))) {
      return Optional.empty();
    }
    return counterpart(match.group("name"));
  }

  /** The names of headers and footers, and those of automatic answers. */
  private static Optional<String> counterpart(String name) {
    return switch (name) {
      case "real_name", "listname" -> Optional.of("${display_name}");
      case "list_name", "_internal_name" -> Optional.of("${list_name}");
      case "host_name" -> Optional.of("${list_domain}");
      case "description" -> Optional.of("${description}");
      case "listurl" -> Optional.of("${list_url}");
      case "user_address", "user_delivered_to" -> Optional.of("${user_address}");
      case "user_name" -> Optional.of("${user_name}");
      case "user_optionsurl" -> Optional.of("${unsubscribe_url}");
      case "cgiext" -> Optional.of(""); // the ending of Mailman's programs: there are none
      default -> Optional.empty();
    };
  }
}
