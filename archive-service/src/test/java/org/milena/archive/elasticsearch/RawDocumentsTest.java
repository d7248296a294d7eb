package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.archive.post.NewPost;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;

/** In which order the pieces of messages come. */
class RawDocumentsTest {
  private static final ListId LIST = ListId.of("talk.lists.example.org");
  private static final IndexNames INDICES =
      new IndexNames() {
        @Override
        public String posts() {
          return "posts";
        }

        @Override
        public String raw() {
          return "raw";
        }
      };

  private static NewPost large(String name) {
    byte[] octets = new byte[5 << 19];
    Arrays.fill(octets, (byte) 'a');
    NewPost post = new Draft(LIST, name).text("large").post();
    return new NewPost(
        post.post(),
        post.text(),
        post.attachedText(),
        post.keys(),
        RawMessage.wrap(octets),
        post.source());
  }

  private static String id(NewPost post, int part) {
    return RawDocument.id(post.post().id(), part);
  }

  @Test
  void keepsThePieceThatKnowsHowManyThereAreFirst() throws IOException {
    NewPost one = large("one");
    NewPost two = large("two");
    try (BulkServer server = new BulkServer()) {
      new RawDocuments(server.connection, INDICES).add(List.of(one, two));
      List<String> came = server.requests().stream().flatMap(List::stream).toList();
      assertThat(came)
          .containsExactlyInAnyOrder(
              id(one, 0), id(one, 1), id(one, 2), id(two, 0), id(two, 1), id(two, 2));
      assertThat(came.subList(0, 2)).containsExactlyInAnyOrder(id(one, 0), id(two, 0));
    }
  }

  @Test
  void keepsNoOtherPieceWhereThatOneFails() throws IOException {
    NewPost post = large("one");
    try (BulkServer server = new BulkServer()) {
      server.answer(ids -> ids.contains(id(post, 0)) ? 503 : 200);
      assertThatThrownBy(() -> new RawDocuments(server.connection, INDICES).add(List.of(post)))
          .isInstanceOf(OutageException.class);
      assertThat(server.requests()).containsExactly(List.of(id(post, 0)));
    }
  }
}
