package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.get.GetResult;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.KeptPost;
import org.milena.archive.post.NewPost;
import org.milena.archive.post.PostConflictException;
import org.milena.archive.post.PostStore;
import org.milena.archive.post.PostsRefusedException;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.RecordPosition;
import org.milena.common.mail.ListId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps posts.
 *
 * <p>Posts are created, and changed or replaced only if nobody changed them since they were read:
 * so an instance that does not know yet that a list has another owner fails instead of undoing the
 * other's work.
 */
public final class PostDocuments implements PostStore {
  private static final Logger log = LoggerFactory.getLogger(PostDocuments.class);

  private static final int PAGE = 1000;

  private final SearchConnection connection;
  private final IndexNames indices;
  private final RawDocuments raws;

  /** In these indices. */
  public PostDocuments(SearchConnection connection, IndexNames indices, RawDocuments raws) {
    this.connection = connection;
    this.indices = indices;
    this.raws = raws;
  }

  private record InThread(ArchiveId thread) {}

  @Override
  public Map<ArchiveId, KeptPost> find(Set<ArchiveId> ids) {
    Map<ArchiveId, KeptPost> found = new HashMap<>();
    get(ids, (id, result) -> found.put(id, source(result).kept()));
    return found;
  }

  private static PostDocument source(GetResult<PostDocument> result) {
    PostDocument document = result.source();
    if (document == null) {
      throw new IllegalStateException("a post without content: " + result.id());
    }
    return document;
  }

  /** Reads posts by id: as of now, whether searches see them or not. */
  private void get(Set<ArchiveId> ids, BiConsumer<ArchiveId, GetResult<PostDocument>> each) {
    if (ids.isEmpty()) {
      return;
    }
    String index = indices.posts();
    for (List<ArchiveId> page : pages(ids, PAGE)) {
      connection
          .documents(
              "reading posts",
              get ->
                  get.index(index)
                      .ids(page.stream().map(ArchiveId::value).toList())
                      .sourceExcludes(PostDocument.NOT_FOR_PAGES),
              PostDocument.class)
          .forEach(document -> {
            if (document.found()) {
              each.accept(ArchiveId.of(document.id()), document);
            }
          });
    }
  }

  @Override
  public void check(List<NewPost> posts) {
    if (posts.isEmpty()) {
      return;
    }
    String index = indices.posts();
    Bulk bulk = Bulk.trying(connection, "trying posts", PlainDocuments.post());
    Map<String, ArchiveId> ids = new HashMap<>();
    for (NewPost post : posts) {
      ArchiveId id = post.post().id();
      String trial = id.value() + ".trial";
      ids.put(trial, id);
      bulk.add(Bulk.trial(index, trial, PostDocument.of(post)), size(post));
    }
    try {
      bulk.flush();
    } catch (DocumentsRefusedException e) {
      Map<ArchiveId, String> reasons = new HashMap<>();
      e.reasons().forEach((trial, why) -> reasons.put(Objects.requireNonNull(ids.get(trial)), why));
      throw new PostsRefusedException(reasons, e);
    }
  }

  @Override
  public void add(List<NewPost> posts) {
    if (posts.isEmpty()) {
      return;
    }
    raws.add(posts); // first, so that no post is ever found whose bytes are not there
    try {
      create(posts);
    } catch (DocumentsRefusedException e) {
      PostsRefusedException refused = refused(e);
      removeLeftovers(refused.reasons().keySet());
      throw refused;
    }
  }

  /** No removal would find them; those of a post that another instance has added stay. */
  @Override
  public void removeLeftovers(Set<ArchiveId> ids) {
    // before it is known whether there is a post: its octets may come behind that
    Map<ArchiveId, List<RawDocuments.Piece>> pieces = raws.pieces(ids);
    pieces.keySet().removeAll(find(ids).keySet());
    pieces.values().forEach(raws::removeUnchanged);
  }

  private void create(List<NewPost> posts) {
    String index = indices.posts();
    try (Bulk bulk = Bulk.of(connection, "keeping posts", PlainDocuments.post()).inAnyOrder()) {
      for (NewPost post : posts) {
        PostDocument document = PostDocument.of(post);
        bulk.add(
            BulkOperation.of(op ->
                op.create(
                    create -> create.index(index).id(document.id().value()).document(document))),
            size(post));
      }
      bulk.flush();
    }
  }

  @Override
  public void replace(List<NewPost> posts) {
    if (posts.isEmpty()) {
      return;
    }
    Map<ArchiveId, GetResult<PostDocument>> there = new HashMap<>();
    get(posts.stream().map(post -> post.post().id()).collect(Collectors.toSet()), there::put);
    posts.forEach(post -> refuseOlder(post, there.get(post.post().id())));
    raws.replace(posts); // first: whose document is there already is not replaced again
    try {
      replace(posts, there);
    } catch (IllegalStateException e) {
      log.warn(
          "what is found of these posts may be older than their octets, until they are replaced:"
              + " {}",
          there.keySet(),
          e);
      throw e instanceof DocumentsRefusedException documents ? refused(documents) : e;
    }
  }

  private void replace(List<NewPost> posts, Map<ArchiveId, GetResult<PostDocument>> there) {
    String index = indices.posts();
    Bulk bulk = Bulk.of(connection, "replacing posts", PlainDocuments.post());
    for (NewPost post : posts) {
      PostDocument document = PostDocument.of(post);
      GetResult<PostDocument> old = there.get(document.id());
      Long seqNo = old == null ? null : old.seqNo();
      Long primaryTerm = old == null ? null : old.primaryTerm();
      if (seqNo == null || primaryTerm == null) {
        throw new PostConflictException(document.id() + " was just removed");
      }
      bulk.add(
          BulkOperation.of(op ->
              op.index(write ->
                  write
                      .index(index)
                      .id(document.id().value())
                      .ifSeqNo(seqNo)
                      .ifPrimaryTerm(primaryTerm)
                      .document(document))),
          size(post));
    }
    bulk.flush();
  }

  private static PostsRefusedException refused(DocumentsRefusedException refused) {
    Map<ArchiveId, String> reasons = new HashMap<>();
    refused.reasons().forEach((id, reason) -> reasons.put(ArchiveId.of(id), reason));
    return new PostsRefusedException(reasons, refused);
  }

  /** Another instance may have brought a later record meanwhile. */
  private static void refuseOlder(NewPost post, @Nullable GetResult<PostDocument> there) {
    if (there == null) {
      throw new PostConflictException(post.post().id() + " was just removed");
    }
    RecordPosition old = source(there).kept().source();
    RecordPosition now = post.source();
    if (old.topic().equals(now.topic())
        && old.partition() == now.partition()
        && old.offset() > now.offset()) {
      throw new PostConflictException(post.post().id() + " is there from a later record");
    }
  }

  private static long size(NewPost post) {
    return 2000L + 2L * post.text().length() + 2L * post.attachedText().length();
  }

  @Override
  public void mergeThreads(ListId list, Map<ArchiveId, ArchiveId> threads) {
    String index = indices.posts();
    Bulk bulk = Bulk.of(connection, "joining threads");
    Query inThreads =
        PostQueries.having(
            list, "thread", threads.keySet().stream().map(ArchiveId::value).toList());
    String after = "";
    while (true) {
      String from = after;
      SearchResponse<InThread> page =
          connection.search(
              "reading threads",
              search ->
                  search
                      .index(index)
                      .query(inThreads)
                      .size(PAGE)
                      .seqNoPrimaryTerm(true)
                      .trackTotalHits(t -> t.enabled(false))
                      .source(s -> s.filter(f -> f.includes("thread")))
                      .sort(s -> s.field(f -> f.field("id").order(SortOrder.Asc)))
                      .searchAfter(FieldValue.of(from)),
              InThread.class);
      for (Hit<InThread> hit : page.hits().hits()) {
        InThread document = hit.source();
        ArchiveId winner = document == null ? null : threads.get(document.thread());
        if (winner != null) {
          move(bulk, index, id(hit), winner, seqNo(hit), primaryTerm(hit));
        }
        after = id(hit);
      }
      if (page.hits().hits().size() < PAGE) {
        bulk.flush();
        return;
      }
    }
  }

  @Override
  public void moveToThreads(Map<ArchiveId, ArchiveId> posts) {
    String index = indices.posts();
    Bulk bulk = Bulk.of(connection, "moving posts");
    get(
        posts.keySet(),
        (id, result) -> {
          ArchiveId thread = posts.get(id);
          Long seqNo = result.seqNo();
          Long primaryTerm = result.primaryTerm();
          if (thread != null && seqNo != null && primaryTerm != null) {
            move(bulk, index, id.value(), thread, seqNo, primaryTerm);
          }
        });
    bulk.flush();
  }

  private static void move(
      Bulk bulk, String index, String id, ArchiveId thread, long seqNo, long primaryTerm) {
    bulk.add(
        BulkOperation.of(op ->
            op.<PostDocument, InThread>update(update ->
                update
                    .index(index)
                    .id(id)
                    .ifSeqNo(seqNo)
                    .ifPrimaryTerm(primaryTerm)
                    .action(action -> action.doc(new InThread(thread))))),
        200);
  }

  @Override
  public void remove(Set<ArchiveId> ids) {
    String index = indices.posts();
    Bulk bulk = Bulk.deleting(connection, "removing posts");
    for (ArchiveId id : ids) {
      bulk.add(
          BulkOperation.of(op -> op.delete(delete -> delete.index(index).id(id.value()))), 100);
    }
    bulk.flush();
    raws.remove(ids);
  }

  @Override
  public void show() {
    String index = indices.posts();
    var unused =
        connection.call(
            "showing posts", client -> client.indices().refresh(request -> request.index(index)));
  }

  static String id(Hit<?> hit) {
    String id = hit.id();
    if (id == null) {
      throw new IllegalStateException("a hit without an id");
    }
    return id;
  }

  private static long seqNo(Hit<?> hit) {
    Long seqNo = hit.seqNo();
    if (seqNo == null) {
      throw new PostConflictException("a post without a sequence number: " + hit.id());
    }
    return seqNo;
  }

  private static long primaryTerm(Hit<?> hit) {
    Long primaryTerm = hit.primaryTerm();
    if (primaryTerm == null) {
      throw new PostConflictException("a post without a primary term: " + hit.id());
    }
    return primaryTerm;
  }

  static <T> List<List<T>> pages(Collection<T> all, int size) {
    List<T> list = List.copyOf(all);
    List<List<T>> pages = new ArrayList<>();
    for (int at = 0; at < list.size(); at += size) {
      pages.add(list.subList(at, Math.min(list.size(), at + size)));
    }
    return pages;
  }
}
