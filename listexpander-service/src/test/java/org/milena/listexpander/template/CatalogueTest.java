package org.milena.listexpander.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
  /** What must be said by whoever speaks of it: the reader can do nothing without. */
  private static final Set<String> VITAL =
      Set.of(
          "token",
          "confirm_url",
          "results",
          "reasons",
          "reason",
          "comment",
          "posts",
          "requests",
          "contents",
          "post_url",
          "volume",
          "issue");

  static Stream<Arguments> all() {
    return Stream.of(TemplateName.values())
        .flatMap(
            name -> Stream.of(Language.values()).map(language -> Arguments.of(name, language)));
  }

  @Test
  void hasMailmansNames() {
    assertThat(TemplateName.values())
        .extracting(TemplateName::key)
        .doesNotHaveDuplicates()
        .contains(
            "domain:admin:notice:new-list",
            "list:admin:action:post",
            "list:admin:action:subscribe",
            "list:admin:action:unsubscribe",
            "list:admin:notice:subscribe",
            "list:admin:notice:unsubscribe",
            "list:admin:notice:unrecognized",
            "list:admin:notice:disable",
            "list:admin:notice:increment",
            "list:admin:notice:pending",
            "list:admin:notice:removal",
            "list:member:digest:header",
            "list:member:digest:footer",
            "list:member:digest:masthead",
            "list:member:regular:header",
            "list:member:regular:footer",
            "list:user:action:invite",
            "list:user:action:subscribe",
            "list:user:action:unsubscribe",
            "list:user:notice:delivered",
            "list:user:notice:goodbye",
            "list:user:notice:hold",
            "list:user:notice:no-more-today",
            "list:user:notice:post",
            "list:user:notice:probe",
            "list:user:notice:refuse",
            "list:user:notice:rejected",
            "list:user:notice:welcome",
            "list:user:notice:warning");
  }

  /** Those that may be empty, and are not at first. */
  private static final Set<TemplateName> SAYING =
      Set.of(TemplateName.SIGNATURE, TemplateName.DIGEST_FOOTER);

  @ParameterizedTest
  @MethodSource("all")
  void hasEveryTextInEveryLanguage(TemplateName name, Language language) {
    TemplateText text = Catalogue.ours().text(name, language);
    assertThat(text.hasSubject()).isEqualTo(name.hasSubject());
    TemplateText.Filled filled = text.fill(TemplateTextTest.examples(name));
    assertThat(filled.text() + filled.subject()).doesNotContain("${").doesNotContain("\r");
    assertThat(filled.text().isEmpty()).isEqualTo(name.mayBeEmpty() && !SAYING.contains(name));
  }

  @ParameterizedTest
  @MethodSource("all")
  void keepsItsLinesShort(TemplateName name, Language language) {
    assertThat(Catalogue.ours().text(name, language).source().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(76).doesNotEndWith(" "));
  }

  @ParameterizedTest
  @EnumSource(TemplateName.class)
  void saysTheSameInEveryLanguage(TemplateName name) {
    Set<String> english = used(name, Language.EN);
    assertThat(used(name, Language.DE)).isEqualTo(english);
    if (!name.mayBeEmpty()) {
      Set<String> vital = new HashSet<>(VITAL);
      vital.retainAll(name.own().stream().map(Placeholder::name).toList());
      if (name == TemplateName.DIGEST_CONTENTS) {
        vital.removeAll(Set.of("volume", "issue"));
      }
      assertThat(english).containsAll(vital);
    }
  }

  @ParameterizedTest
  @EnumSource(TemplateName.class)
  void isProperGerman(TemplateName name) {
    String text =
        Pattern.compile("\\$\\{\\w+}")
            .matcher(Catalogue.ours().text(name, Language.DE).source())
            .replaceAll("")
            .replace("Subject:", "");
    for (String word :
        List.of("fuer", "ueber", "zurueck", "koennen", "aendern", "moechte", "bestaet")) {
      assertThat(text).doesNotContainIgnoringCase(word);
    }
    assertThat(Pattern.compile("\\b([Dd]u|[Dd]ir|[Dd]ich|[Dd]eine?[rmn]?)\\b").matcher(text).find())
        .as("says Sie")
        .isFalse();
    for (String word : List.of("the", "you", "your", "and", "mailing list")) {
      assertThat(Pattern.compile("\\b" + word + "\\b").matcher(text).find()).as(word).isFalse();
    }
    assertThat(text).doesNotContain("\"");
  }

  @Test
  void usesUmlautsAsTheyAre() {
    assertThat(Catalogue.ours().text(TemplateName.HELD_POST, Language.DE).source())
        .contains("Größe", "zurückgehalten");
  }

  @ParameterizedTest
  @EnumSource(TemplateName.class)
  void saysWhatEachTextIsForAndWhatItMayHold(TemplateName name) {
    assertThat(name.purpose()).endsWith(".").hasSizeLessThan(100);
    assertThat(TemplateName.of(name.key())).contains(name);
    assertThat(name.placeholders()).extracting(Placeholder::name).doesNotHaveDuplicates();
    assertThat(name.placeholders())
        .allSatisfy(one -> {
          assertThat(one.name()).matches("[a-z][a-z_]*");
          assertThat(one.meaning()).isNotBlank();
          assertThat(one.example()).isNotBlank();
        });
  }

  private static Set<String> used(TemplateName name, Language language) {
    String text = Catalogue.ours().text(name, language).source();
    return switch (Placeholders.parse(text, name.known())) {
      case Placeholders.Result.Fits(var parsed) -> parsed.names();
      case Placeholders.Result.Broken broken -> throw new AssertionError(broken);
    };
  }
}
