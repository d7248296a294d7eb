package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedLinesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a\n", "a\r\nb\r\n", "a\rb\nc", "\n\n", "\r\n\r\n", "\r\r\n\n", "a\n\rb"})
  void endsLinesAsJavaDoes(String text) throws IOException {
    assertThat(lines(new StringReader(text), 10))
        .isEqualTo(new BufferedReader(new StringReader(text)).lines().toList());
  }

  @Test
  void keepsTheBeginningOfALongLine() throws IOException {
    assertThat(lines(new StringReader("1234\n12345\n123456\n12"), 4))
        .containsExactly("1234", "12345", "12345", "12");
  }

  @Test
  void readsALineLongerThanTheMemory() throws IOException {
    long length = 1L << 24;
    Reader endless =
        new Reader() {
          private long left = length;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(char[] buffer, int offset, int count) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void close() {}
        };
    assertThat(lines(endless, 4)).containsExactly("xxxxx");
  }

  private static List<String> lines(Reader in, int limit) throws IOException {
    BoundedLines lines = new BoundedLines(in, limit);
    List<String> all = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      all.add(line);
    }
    return all;
  }
}
