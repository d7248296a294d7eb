package org.milena.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every link between pages leads to a file and a heading, and every page is reached by one. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)");
  private static final Pattern FENCE = Pattern.compile("(?ms)^\\s*(```|~~~).*?^\\s*\\1[^\\n]*$");
  private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.+?)\\s*#*$");
  private static final Pattern MENTION = Pattern.compile("\\b(docs/[A-Za-z0-9_/-]+\\.md)\\b");

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : links(page)) {
        String fault = fault(page, link);
        if (!fault.isEmpty()) {
          broken.add(Project.name(page) + ": " + link + " " + fault);
        }
      }
    }
    assertThat(broken).as("broken links").isEmpty();
  }

  @Test
  void everyPageIsReachedFromTheFirst() {
    Set<Path> reached = new HashSet<>();
    Deque<Path> todo = new ArrayDeque<>(List.of(Project.file("README.md")));
    while (!todo.isEmpty()) {
      Path page = todo.remove();
      if (reached.add(page)) {
        links(page).stream()
            .map(link -> target(page, link))
            .filter(target -> target.toString().endsWith(".md") && Files.exists(target))
            .forEach(todo::add);
      }
    }
    assertThat(pages()).as("pages that a reader of README.md can reach").isSubsetOf(reached);
  }

  @Test
  void everyPageThatSourcesMentionIsThere() {
    List<Path> sources =
        Project.files(name ->
            name.matches("(.*/)?(pom\\.xml|milena|Dockerfile.*|.*\\.(java|ya?ml|properties|sh))"));
    assertThat(Project.find(sources, MENTION))
        .as("pages named in sources")
        .isNotEmpty()
        .allSatisfy(page -> assertThat(Project.file(page)).exists());
  }

  private static List<Path> pages() {
    return Project.files(name -> name.endsWith(".md"));
  }

  private static List<String> links(Path page) {
    String text = CODE.matcher(FENCE.matcher(Project.read(page)).replaceAll("")).replaceAll("");
    List<String> links = new ArrayList<>();
    Matcher matcher = LINK.matcher(text);
    while (matcher.find()) {
      if (!ELSEWHERE.matcher(matcher.group(1)).matches()) {
        links.add(matcher.group(1));
      }
    }
    return links;
  }

  private static Path target(Path page, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    return file.isEmpty()
        ? page
        : page.resolveSibling(URLDecoder.decode(file, StandardCharsets.UTF_8)).normalize();
  }

  private static String fault(Path page, String link) {
    Path target = target(page, link);
    if (!Files.exists(target)) {
      return "is not there";
    }
    int hash = link.indexOf('#');
    boolean hasHeading =
        hash < 0
            || !target.toString().endsWith(".md")
            || headings(target).contains(link.substring(hash + 1));
    return hasHeading ? "" : "names a heading that is not there";
  }

  /** Headings as GitHub names them: lower case, blanks to hyphens, no punctuation. */
  private static Set<String> headings(Path page) {
    Map<String, Integer> times = new HashMap<>();
    Set<String> names = new HashSet<>();
    Matcher matcher = HEADING.matcher(FENCE.matcher(Project.read(page)).replaceAll(""));
    while (matcher.find()) {
      String name =
          matcher
              .group(1)
              .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int before = times.merge(name, 1, Integer::sum) - 1;
      names.add(before == 0 ? name : name + "-" + before);
    }
    return names;
  }
}
