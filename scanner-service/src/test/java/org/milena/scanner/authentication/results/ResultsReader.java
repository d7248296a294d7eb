package org.milena.scanner.authentication.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Authentication-Results by the grammar of RFC 8601 section 2.2 and refuses everything
 * else.
 */
public final class ResultsReader {

  /** The field as a whole. */
  public record Results(String authservId, List<Statement> statements) {

    /** The first statement of a method. */
    public Statement of(String method) {
      return statements.stream().filter(s -> s.method().equals(method)).findFirst().orElseThrow();
    }
  }

  /** What is said of one method; properties as {@code header.d}. */
  public record Statement(
      String method, String result, @Nullable String reason, Map<String, String> properties) {}

  private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";

  private final String text;
  private int at;

  private ResultsReader(String text) {
    this.text = text;
  }

  /**
   * Reads the unfolded value of a field.
   *
   * @throws IllegalArgumentException when it breaks the grammar
   */
  public static Results read(String value) {
    return new ResultsReader(value).results();
  }

  private Results results() {
    space();
    String id = value();
    space();
    if (Character.isDigit(peek())) {
      token();
      space();
    }
    List<Statement> statements = new ArrayList<>();
    while (at < text.length()) {
      expect(';');
      space();
      String method = token();
      space();
      if (method.equals("none") && statements.isEmpty() && at == text.length()) {
        return new Results(id, List.of());
      }
      if (peek() == '/') {
        at++;
        space();
        token();
        space();
      }
      expect('=');
      space();
      statements.add(statement(method, token()));
    }
    if (statements.isEmpty()) {
      throw refused("no statement");
    }
    return new Results(id, statements);
  }

  private Statement statement(String method, String result) {
    String reason = null;
    Map<String, String> properties = new TreeMap<>();
    space();
    while (at < text.length() && peek() != ';') {
      String name = token();
      space();
      if (name.equals("reason") && properties.isEmpty() && reason == null) {
        expect('=');
        space();
        reason = value();
      } else {
        if (name.chars().filter(c -> c == '.').count() != 1) {
          throw refused("no property: " + name);
        }
        expect('=');
        space();
        properties.put(name, propertyValue());
      }
      space();
    }
    return new Statement(method, result, reason, properties);
  }

  private String propertyValue() {
    String first = peek() == '@' ? "" : value();
    if (peek() == '@') {
      at++;
      return first + "@" + token();
    }
    return first;
  }

  private String value() {
    if (peek() != '"') {
      return token();
    }
    var value = new StringBuilder();
    for (at++; peek() != '"'; at++) {
      if (peek() == '\\') {
        at++;
      }
      char c = peek();
      if (c < ' ' || c > '~') {
        throw refused("not printable inside quotes");
      }
      value.append(c);
    }
    at++;
    return value.toString();
  }

  private String token() {
    int start = at;
    while (at < text.length() && peek() > ' ' && peek() <= '~' && TSPECIALS.indexOf(peek()) < 0) {
      at++;
    }
    if (at == start) {
      throw refused("no token");
    }
    return text.substring(start, at);
  }

  private void space() {
    while (at < text.length() && (peek() == ' ' || peek() == '\t' || peek() == '(')) {
      if (peek() == '(') {
        comment();
      }
      at++;
    }
  }

  private void comment() {
    int depth = 0;
    for (; ; at++) {
      char c = peek();
      if (c == '\\') {
        at++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return;
      } else if (c == 0) {
        throw refused("open comment");
      }
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw refused("no " + c);
    }
    at++;
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(why + " at " + at + " of " + text);
  }
}
