package org.milena.archive.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.thread.ThreadPosts.LIST;
import static org.milena.archive.thread.ThreadPosts.about;
import static org.milena.archive.thread.ThreadPosts.post;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThreadPlannerTest {
  private final MemoryThreadIndex index = new MemoryThreadIndex();
  private final ThreadPlanner planner = new ThreadPlanner(index, true);

  @Test
  void namesAThreadByItsEarliestPost() {
    ThreadPost first = post("a", 0);
    ThreadPost answer = post("b", 1, "a");
    add(first);
    assertThat(add(answer).merged()).isEmpty();
    assertThat(index.threadOf(answer)).isEqualTo(first.id());
  }

  @Test
  void joinsWhatWasApartWhenTheParentComesLate() {
    ThreadPost parent = post("a", 0);
    ThreadPost one = post("b", 1, "a");
    ThreadPost other = post("c", 2, "x");
    ThreadPost link = post("x", 3, "a");
    add(one);
    add(other);
    assertThat(index.threadOf(one)).isNotEqualTo(index.threadOf(other));
    add(link);
    assertThat(index.threadOf(other)).isEqualTo(one.id());
    ThreadPlan plan = add(parent);
    assertThat(plan.merged()).isEqualTo(Map.of(one.id(), parent.id()));
    assertThat(index.threads().values()).containsOnly(parent.id());
  }

  @Test
  void knowsSiblingsByAParentThatNeverComes() {
    ThreadPost one = post("b", 1, "a");
    ThreadPost other = post("c", 2, "a");
    add(one);
    add(other);
    assertThat(index.threadOf(other)).isEqualTo(one.id());
  }

  @Test
  void completesAPlanThatWasCarriedOutInPart() {
    ThreadPost one = post("b", 1, "a");
    ThreadPost other = post("c", 2, "x");
    ThreadPost link = post("x", 3, "a");
    add(one);
    add(other);
    ThreadPlan plan = planner.plan(LIST, List.of(link));
    // the post is there, its effect on the others is not
    index.add(List.of(link), new ThreadPlan(plan.threads(), Map.of()));
    add(link);
    assertThat(index.threads().values()).containsOnly(one.id());
  }

  @Test
  void parsesWhatHangsOnOnePostOnly() {
    ThreadPost first = post("a", 0);
    ThreadPost link = post("x", 1, "a");
    ThreadPost left = post("b", 2, "x");
    ThreadPost right = post("c", 3, "x", "b");
    for (ThreadPost post : List.of(first, link, left, right)) {
      add(post);
    }
    Map<?, ?> changed = planner.without(LIST, Set.of(first.id()), Set.of(link.id()));
    assertThat(changed).isEqualTo(Map.of(left.id(), left.id(), right.id(), left.id()));
  }

  @Test
  void joinsAnAnswerThatNamesNoPostToItsSubject() {
    ThreadPost first = about("Some question", post("a", 0));
    ThreadPost answer = about("AW: [dev] some  question", post("b", 1));
    add(answer);
    add(first);
    assertThat(index.threads().values()).containsOnly(first.id());
  }

  @Test
  void keepsApartWhatOnlyHasTheSameSubject() {
    add(about("Weekly report", post("a", 0)));
    add(about("Weekly report", post("b", 1)));
    assertThat(Set.copyOf(index.threads().values())).hasSize(2);
  }

  @Test
  void takesASingleWordForNoSubject() {
    add(about("Question", post("a", 0)));
    add(about("Re: Question", post("b", 1)));
    assertThat(Set.copyOf(index.threads().values())).hasSize(2);
  }

  @Test
  void doesNotJoinByASubjectOfLongAgo() {
    int days = 24 * 60;
    add(about("Some question", post("a", 0)));
    add(about("Re: Some question", post("b", 300 * days)));
    assertThat(Set.copyOf(index.threads().values())).hasSize(2);
  }

  @Test
  void believesReferencesMoreThanTheSubject() {
    add(about("Some question", post("a", 0)));
    add(about("Re: Some question", post("b", 1, "x")));
    assertThat(Set.copyOf(index.threads().values())).hasSize(2);
  }

  @Test
  void leavesSubjectsAloneWhereTheyShallNotCount() {
    ThreadPlanner strict = new ThreadPlanner(index, false);
    for (ThreadPost post :
        List.of(about("Some question", post("a", 0)), about("Re: Some question", post("b", 1)))) {
      index.add(List.of(post), strict.plan(LIST, List.of(post)));
    }
    assertThat(Set.copyOf(index.threads().values())).hasSize(2);
  }

  private ThreadPlan add(ThreadPost post) {
    ThreadPlan plan = planner.plan(LIST, List.of(post));
    index.add(List.of(post), plan);
    return plan;
  }
}
