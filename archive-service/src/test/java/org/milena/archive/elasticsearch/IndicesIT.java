package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.archive.TestArchive;

/** Generations of indices that several instances make, against a real server. */
class IndicesIT {
  private final TestArchive archive = TestArchive.create();
  private final TestArchive other =
      archive.withLanguages(Set.of(Language.EN, Language.DE)); // another instance

  @AfterEach
  void end() {
    archive.close();
    other.close();
  }

  @Test
  void takesTheNextNumberWhereAnotherInstanceWasFaster() {
    archive.posts.show();
    Generation first = archive.indices.begin(2);
    Generation second = other.indices.begin(2);
    assertThat(first.number()).isEqualTo(2);
    assertThat(second.number()).isEqualTo(3);
    assertThat(archive.indexNames())
        .contains(first.posts(), first.raw(), second.posts(), second.raw());
  }

  @Test
  void givesEachOfManyANumberOfItsOwn() throws Exception {
    archive.posts.show();
    Set<Integer> numbers = new HashSet<>();
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Generation>> begun = new ArrayList<>();
      for (int instance = 0; instance < 4; instance++) {
        TestArchive one = instance % 2 == 0 ? archive : other;
        begun.add(both.submit(() -> one.indices.begin()));
      }
      for (Future<Generation> one : begun) {
        numbers.add(one.get().number());
      }
    }
    assertThat(numbers).hasSize(4).doesNotContain(1);
  }

  @Test
  void doesNotBeginWithOctetsThatWereLeftBehind() {
    archive.posts.show();
    archive.makeUnseenIndex("raw-v5-000002");
    Generation begun = archive.indices.begin();
    assertThat(begun.number()).isGreaterThan(2);
    assertThat(archive.indexNames())
        .contains(begun.posts(), begun.raw())
        .noneMatch(name -> name.endsWith("posts-v5-000002"));
  }

  @Test
  void dropsNothingThatReadersSee() {
    archive.posts.show();
    Generation begun = archive.indices.begin();
    other.indices.replace(begun);
    archive.indices.drop(begun);
    assertThat(archive.indexNames()).contains(begun.posts(), begun.raw());
    Generation unseen = archive.indices.begin();
    archive.indices.drop(unseen);
    assertThat(archive.indexNames()).doesNotContain(unseen.posts(), unseen.raw());
  }
}
