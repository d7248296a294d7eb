package org.milena.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Maven's rules about scopes would break without a word. */
class PomsTest {
  private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
  private static final Pattern SCOPE = Pattern.compile("<scope>([^<]+)</scope>");
  private static final Pattern TYPE = Pattern.compile("<type>([^<]+)</type>");
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);

  /**
   * What a module names.
   *
   * @param file a jar, or a file of another type by the same name, which Maven keeps apart
   */
  private record Dependency(String artifact, String file, String scope) {
    boolean isForTests() {
      return scope.equals("test");
    }

    /** Whether who depends on the module gets it, too. */
    boolean isHandedOn() {
      return !isForTests() && !scope.equals("provided");
    }
  }

  /**
   * A module's own word on a scope wins over that of what it depends on (nearest definition): a
   * library that it names for its tests is missing from its jar, though its other dependencies need
   * it there. Its tests can't see that.
   */
  @Test
  void noLibraryIsTakenFromTheJarByATestScope() {
    Map<String, List<Dependency>> modules = modules();
    Set<String> taken = new TreeSet<>();
    modules.forEach((module, dependencies) -> {
      Set<String> needed = new LinkedHashSet<>();
      dependencies.stream()
          .filter(
              dependency -> !dependency.isForTests() && modules.containsKey(dependency.artifact))
          .forEach(dependency -> addNeeded(dependency.artifact, modules, needed));
      dependencies.stream()
          .filter(dependency -> dependency.isForTests() && needed.contains(dependency.file))
          .forEach(dependency -> taken.add(module + ": " + dependency.file));
    });

    assertThat(modules).containsKeys("milena-common", "milena-archive-service");
    assertThat(taken).isEmpty();
  }

  private static void addNeeded(
      String module, Map<String, List<Dependency>> modules, Set<String> needed) {
    for (Dependency dependency : modules.getOrDefault(module, List.of())) {
      if (dependency.isHandedOn() && needed.add(dependency.file)) {
        addNeeded(dependency.artifact, modules, needed);
      }
    }
  }

  private static Map<String, List<Dependency>> modules() {
    Map<String, List<Dependency>> modules = new HashMap<>();
    Project.files(name -> name.endsWith("/pom.xml"))
        .forEach(pom -> {
          String text = PARENT.matcher(Project.read(pom)).replaceFirst("");
          List<Dependency> dependencies =
              DEPENDENCY
                  .matcher(text)
                  .results()
                  .map(result -> dependency(result.group(1)))
                  .toList();
          modules.put(first(ARTIFACT, text, ""), dependencies);
        });
    return modules;
  }

  private static Dependency dependency(String text) {
    String artifact = first(ARTIFACT, text, "");
    String file = artifact + "." + first(TYPE, text, "jar");
    return new Dependency(artifact, file, first(SCOPE, text, "compile"));
  }

  private static String first(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
