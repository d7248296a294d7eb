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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.testkit.browser.Browser;

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

  /** A folder; if set, pictures of the pages are put there. */
  private static final String PICTURES = System.getProperty("milena.test.pictures", "");

  private final ShownArchive shown = new ShownArchive();
  private final Browser browser = Browser.start();
  private final String axe = axe();

  @AfterAll
  void end() {
    browser.close();
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
    browser.evaluate(axe + ";1");
    assertThat(browser.evaluate(RUN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everyOwnerCanTakeSomethingOut(String scheme) throws IOException {
    try (Browser owners = Browser.start()) {
      owners.scheme(scheme);
      owners.size(360, 740, true);
      owners.open(shown.archive.uri("/login"));
      String page = shown.ownersPage("patch@show.example");
      owners.evaluate(
          "document.querySelector('[name=username]').value = 'olga';"
              + "document.querySelector('[name=password]').value = '%s';1"
                  .formatted(RunningArchive.PASSWORD));
      owners.evaluate("document.querySelector('[name=username]').form.submit();1");
      RunningArchive.await(
          "the page behind the form",
          () ->
              owners
                  .evaluate("location.pathname != '/login' && document.readyState == 'complete'")
                  .equals("true"));
      String behind = owners.evaluate("location.href + document.body.innerText");
      owners.open(shown.archive.uri(page));
      // the browser may tell only now that the page before is loaded
      RunningArchive.await(
          "the page",
          () ->
              owners
                  .evaluate(
                      "location.pathname.endsWith('/remove') && document.readyState == 'complete'")
                  .equals("true"));
      assertThat(owners.evaluate("document.querySelectorAll('#passages').length"))
          .as(() -> behind + owners.evaluate("document.body.innerText"))
          .isEqualTo("1");
      if (!PICTURES.isEmpty()) {
        Files.write(Path.of(PICTURES, "remove-" + scheme + "-phone.png"), owners.picture());
      }
      assertThat(owners.evaluate("document.documentElement.scrollWidth")).isEqualTo("360");
      owners.evaluate(axe + ";1");
      assertThat(owners.evaluate(RUN)).isEmpty();
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
