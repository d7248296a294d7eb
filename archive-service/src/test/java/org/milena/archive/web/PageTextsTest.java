package org.milena.archive.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogues of the pages, of this room and of the frame around it. */
class PageTextsTest {
  private static final Pattern USED =
      Pattern.compile("#\\{([a-z.-]+)|\"(archive\\.[a-z-]+)\"|msg\\('([a-z.-]+)'");

  @ParameterizedTest
  @ValueSource(strings = {"archive", "frame"})
  void hasTheSameTextsInAllLanguages(String room) {
    Properties english = read(room, "en");
    Properties german = read(room, "de");
    assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(german.getProperty(key)).as(key).isNotBlank();
      assertThat(places(german.getProperty(key), Locale.GERMAN))
          .as(key)
          .isEqualTo(places(english.getProperty(key), Locale.ENGLISH));
    }
  }

  @Test
  void hasTheTextsThatAreUsedAndNoOthers() throws IOException {
    Set<String> used = new TreeSet<>();
    for (String root :
        new String[] {
          "src/main",
          "../common/src/main/resources",
          "../common/src/main/java/org/milena/common/web"
        }) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file :
            files.filter(path -> path.toString().matches(".*\\.(html|java)")).toList()) {
          USED.matcher(Files.readString(file))
              .results()
              .forEach(match -> {
                for (int group = 1; group <= 3; group++) {
                  if (match.group(group) != null) {
                    used.add(match.group(group));
                  }
                }
              });
        }
      }
    }
    Set<String> known = new TreeSet<>(read("archive", "en").stringPropertyNames());
    known.addAll(read("frame", "en").stringPropertyNames());
    assertThat(used).isEqualTo(known);
  }

  private static Set<String> places(String pattern, Locale locale) {
    return pattern.contains("{")
        ? Arrays.stream(new MessageFormat(pattern, locale).getFormatsByArgumentIndex())
            .map(format -> format == null ? "any" : format.getClass().getSimpleName())
            .collect(
                Collectors.collectingAndThen(Collectors.toList(), all -> Set.of(all.toString())))
        : Set.of();
  }

  private static Properties read(String room, String language) {
    String name = "/texts/pages/" + room + "_" + language + ".properties";
    Properties texts = new Properties();
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(PageTextsTest.class.getResourceAsStream(name)),
            StandardCharsets.UTF_8)) {
      texts.load(reader);
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
