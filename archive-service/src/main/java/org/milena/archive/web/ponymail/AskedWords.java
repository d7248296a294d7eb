package org.milena.archive.web.ponymail;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.Queries;
import org.milena.archive.search.Query;
import org.milena.archive.search.Query.Field;
import org.milena.archive.search.Query.Form;
import org.milena.archive.search.QueryParser;
import org.milena.common.web.ApiProblem;

/**
 * Reads the words that Pony Mail looks for: all of them, {@code -word} not, {@code "a phrase"} as
 * it stands, {@code --1} for a word that begins with a dash. Colons count as nothing.
 */
final class AskedWords {
  private static final int MAX_WORDS = 30;

  /**
   * What is looked for; everything where nothing is.
   *
   * @throws ApiProblem 400 where it is too much
   */
  static Query of(MailParameters said) {
    List<Query> parts = new ArrayList<>();
    if (said.q() != null) {
      words(fitting(said.q()).replace(":", "")).forEach(parts::add);
    }
    in(Field.FROM, said.headerFrom()).forEach(parts::add);
    in(Field.TO, said.headerTo()).forEach(parts::add);
    in(Field.SUBJECT, said.headerSubject()).forEach(parts::add);
    in(Field.BODY, said.headerBody()).forEach(parts::add);
    String id = said.headerMessageId();
    if (id != null && !id.isBlank()) {
      parts.add(new Query.OfMessageId(fitting(id).strip().replaceAll("^<|>$", ""), false));
    }
    return Queries.and(parts);
  }

  private static Stream<Query> words(String text) {
    List<String> pieces = pieces(text);
    if (pieces.size() > MAX_WORDS) {
      throw ApiProblem.badRequest(
          "invalid-query", "A query may have " + MAX_WORDS + " words, not " + pieces.size() + ".");
    }
    return pieces.stream().flatMap(AskedWords::word);
  }

  private static Stream<Query> word(String piece) {
    if (piece.startsWith("--")) {
      return anywhere(piece.substring(1));
    }
    return piece.startsWith("-") ? anywhere(piece.substring(1)).map(Queries::not) : anywhere(piece);
  }

  private static Stream<Query> anywhere(String words) {
    return words.isBlank()
        ? Stream.of()
        : Stream.of(
            Queries.or(
                List.of(
                    new Query.Words(Field.FROM, words, Form.EXACT),
                    new Query.Words(Field.BODY_SUBJECT, words, Form.EXACT))));
  }

  private static Stream<Query> in(Field field, @Nullable String words) {
    return words == null || words.isBlank()
        ? Stream.of()
        : Stream.of(new Query.Words(field, fitting(words), Form.EXACT));
  }

  private static String fitting(String text) {
    if (text.length() > QueryParser.MAX_LENGTH) {
      throw ApiProblem.badRequest(
          "invalid-query",
          "A query may have " + QueryParser.MAX_LENGTH + " characters, not " + text.length() + ".");
    }
    return text;
  }

  /** As a shell takes a line apart; where a quote is not closed, at white space. */
  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        piece.append(text.charAt(++i));
      } else if (quote == 0 && Character.isWhitespace(c)) {
        add(pieces, piece);
      } else {
        piece.append(c);
      }
    }
    add(pieces, piece);
    return quote == 0 ? pieces : List.of(text.strip().split("\\s+", -1));
  }

  private static void add(List<String> pieces, StringBuilder piece) {
    if (!piece.isEmpty()) {
      pieces.add(piece.toString());
      piece.setLength(0);
    }
  }

  private AskedWords() {}
}
