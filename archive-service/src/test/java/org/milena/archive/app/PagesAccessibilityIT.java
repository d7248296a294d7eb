package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.Publisher;
import org.milena.testkit.browser.Browser;
import org.springframework.context.SmartLifecycle;

/** Looks at the pages as axe does (WCAG 2.2 AA), in a real browser. */
@TestInstance(Lifecycle.PER_CLASS)
class PagesAccessibilityIT {
  private static final String RUN =
      """
      axe.run(document, {
        iframes: false,
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      }).then(found => found.violations.map(one => one.id + ': ' + one.help + ' '
          + one.nodes.map(node => node.target + ' ' + node.html + ' ' + node.failureSummary).join('; '))
          .join('\\n'))
      """;

  /** Marked words that boxes of their own take the spaces from. */
  private static final String RUN_TOGETHER =
      """
      [...document.querySelectorAll('mark')]
          .filter(mark => getComputedStyle(mark.parentElement).display.includes('flex'))
          .map(mark => mark.parentElement.textContent).join()
      """;

  /** A folder; if set, pictures of the pages are put there. */
  private static final String PICTURES = System.getProperty("milena.test.pictures", "");

  private final ShownArchive shown = new ShownArchive();
  private final Browser browser = Browser.start();
  private final String axe = axe();
  private final SmartLifecycle owner =
      shown
          .archive
          .bean(KafkaAccess.class)
          .sink(new RefusingOwner(shown.archive.bean(Publisher.class)));

  @BeforeAll
  void begin() {
    owner.start();
  }

  @AfterAll
  void end() {
    browser.close();
    owner.stop();
    shown.close();
  }

  static Stream<Arguments> pages() {
    return ShownArchive.pages().entrySet().stream()
        .flatMap(page ->
            Stream.of("light", "dark")
                .map(scheme -> Arguments.of(page.getKey(), page.getValue(), scheme)));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("pages")
  void everybodyCanUseIt(String name, String path, String scheme) throws IOException {
    browser.scheme(scheme);
    browser.size(1280, 900, false);
    browser.open(shown.archive.uri(path));
    keepPicture(name + "-" + scheme);
    browser.evaluate(axe + ";1");
    assertThat(browser.evaluate(RUN)).isEmpty();
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("pages")
  void fitsOnATelephone(String name, String path, String scheme) throws IOException {
    browser.scheme(scheme);
    browser.size(360, 740, true);
    browser.open(shown.archive.uri(path));
    keepPicture(name + "-" + scheme + "-phone");
    assertThat(browser.evaluate("document.documentElement.scrollWidth")).isEqualTo("360");
    assertThat(browser.evaluate(RUN_TOGETHER)).isEmpty();
    browser.evaluate(axe + ";1");
    assertThat(browser.evaluate(RUN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everyOwnerCanTakeSomethingOut(String scheme) throws IOException {
    String page = shown.ownersPage("patch@show.example");
    seeSignedIn("olga", page, "", scheme, "#passages", "remove");
  }

  static Stream<Arguments> pagesOfSavedSearches() {
    return Stream.of("light", "dark")
        .flatMap(scheme ->
            Stream.of(
                Arguments.of("/archive/searches?lang=en", "", "form[action$=remove]", scheme),
                Arguments.of("/archive/searches?lang=de", "", "form[action$=rename]", scheme),
                Arguments.of(
                    "/archive/searches?lang=de",
                    named("[id^=name-]", "\\u200b"),
                    "details[open] [role=alert]",
                    scheme),
                Arguments.of(ShownArchive.GONE_SEARCH + "?lang=en", "", "[role=alert]", scheme),
                Arguments.of("/archive/search?lang=en", "", "details[open] .saved a", scheme),
                Arguments.of(ShownArchive.KEPT_SEARCH + "&lang=en", "", "section p > span", scheme),
                Arguments.of("/archive/search?q=release&lang=de", "", "#keep-name", scheme),
                Arguments.of(
                    "/archive/search?q=release&lang=en",
                    named("#keep-name", "\\u200b"),
                    "#keep-problem",
                    scheme),
                Arguments.of(
                    "/archive/search?q=freeze&lang=en",
                    named("#keep-name", "EVERYTHING"),
                    "button[name=replace]",
                    scheme),
                Arguments.of(
                    "/archive/search?q=freeze&lang=de",
                    named("#keep-name", "EVERYTHING"),
                    "button[name=replace]",
                    scheme)));
  }

  /** Sends a form with a name: one that nobody can see, or one that another search has. */
  private static String named(String field, String name) {
    return ("document.querySelector('%1$s').value = '%2$s';"
            + "document.querySelector('%1$s').form.submit()")
        .formatted(field, name);
  }

  @ParameterizedTest
  @MethodSource("pagesOfSavedSearches")
  void everyReaderCanKeepSearches(String page, String act, String there, String scheme)
      throws IOException {
    seeSignedIn("mia", page, act, scheme, there, "saved-" + (page + act).hashCode());
  }

  /**
   * Looks at a page as somebody sees it on a telephone, all that is folded open.
   *
   * @param act a script that leads from this page to the one to look at; empty for this one
   * @param there what is on the one to look at
   */
  private void seeSignedIn(
      String account, String page, String act, String scheme, String there, String name)
      throws IOException {
    try (Browser own = Browser.start()) {
      own.scheme(scheme);
      own.size(360, 740, true);
      own.open(shown.archive.uri("/login"));
      own.evaluate(
          "document.querySelector('[name=username]').value = '%s';".formatted(account)
              + "document.querySelector('[name=password]').value = '%s';1"
                  .formatted(RunningArchive.PASSWORD));
      own.evaluate("document.querySelector('[name=username]').form.submit();1");
      RunningArchive.await(
          "the page behind the form", () -> !own.evaluate("location.pathname").equals("/login"));
      own.open(shown.archive.uri(page));
      if (!act.isEmpty()) {
        RunningArchive.await(
            page, () -> own.evaluate("document.readyState === 'complete'").equals("true"));
        own.evaluate(act + ";1");
      }
      RunningArchive.await(
          there + " on " + page,
          () ->
              own.evaluate(
                      "document.readyState === 'complete' && document.querySelector('%s') !== null"
                          .formatted(there))
                  .equals("true"));
      own.evaluate("document.querySelectorAll('details').forEach(one => one.open = true);1");
      if (!PICTURES.isEmpty()) {
        Files.write(Path.of(PICTURES, name + "-" + scheme + "-phone.png"), own.picture());
      }
      assertThat(own.evaluate("document.documentElement.scrollWidth")).isEqualTo("360");
      own.evaluate(axe + ";1");
      assertThat(own.evaluate(RUN)).isEmpty();
    }
  }

  @Test
  void seesWhatIsWrong() {
    browser.open(shown.archive.uri("/archive"));
    browser.evaluate("document.body.innerHTML = '<img src=x><a href=y></a>';1");
    browser.evaluate(axe + ";1");
    assertThat(browser.evaluate(RUN)).contains("image-alt", "link-name");
  }

  private void keepPicture(String name) throws IOException {
    if (!PICTURES.isEmpty()) {
      Files.write(Path.of(PICTURES, name + ".png"), browser.picture());
    }
  }

  private static String axe() {
    try (InputStream script = PagesAccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
      if (script == null) {
        throw new AssertionError("no axe.min.js among the classes");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
