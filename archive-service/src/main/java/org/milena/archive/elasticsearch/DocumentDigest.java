package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.milena.archive.rebuild.ArchiveDigest;
import org.milena.common.event.MailJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a whole index of posts and makes one number of it. Memory holds one page. */
final class DocumentDigest {
  private static final int PAGE = 200;

  /** How a post came says nothing of what it is: an import, or one elsewhere, has other ways. */
  private static final List<String> WAYS =
      List.of("mailId", "sourceTopic", "sourcePartition", "sourceOffset");

  private final SearchConnection connection;

  DocumentDigest(SearchConnection connection) {
    this.connection = connection;
  }

  ArchiveDigest of(String index) {
    var unused =
        connection.call("showing posts", client -> client.indices().refresh(r -> r.index(index)));
    MessageDigest digest = sha256();
    long posts = 0;
    String after = "";
    while (true) {
      List<Hit<JsonNode>> page = page(index, after);
      for (Hit<JsonNode> hit : page) {
        JsonNode document = hit.source();
        if (document != null) {
          digest.update(MailJson.text(sorted(document)).getBytes(StandardCharsets.UTF_8));
          digest.update((byte) '\n');
        }
        after = PostDocuments.id(hit);
        posts++;
      }
      if (page.size() < PAGE) {
        return new ArchiveDigest(posts, HexFormat.of().formatHex(digest.digest()));
      }
    }
  }

  private List<Hit<JsonNode>> page(String index, String after) {
    return connection
        .search(
            "reading the index",
            search ->
                search
                    .index(index)
                    .query(q -> q.matchAll(all -> all))
                    .size(PAGE)
                    .trackTotalHits(t -> t.enabled(false))
                    .sort(PostQueries.by("id", SortOrder.Asc))
                    .searchAfter(FieldValue.of(after)),
            JsonNode.class)
        .hits()
        .hits();
  }

  /** Fields of the document itself in the order of names: an update may have moved them. */
  private static JsonNode sorted(JsonNode document) {
    TreeMap<String, JsonNode> fields = new TreeMap<>();
    document.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    WAYS.forEach(fields::remove);
    ObjectNode sorted = MailJson.mapper().createObjectNode();
    fields.forEach(sorted::set);
    return sorted;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
