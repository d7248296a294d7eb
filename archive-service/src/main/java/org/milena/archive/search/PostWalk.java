package org.milena.archive.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;

/**
 * A walk over a selection, earliest post first, page by page, in one state of the archive: what
 * comes or goes meanwhile is not seen. Costs the search engine something until it is closed.
 */
public interface PostWalk extends AutoCloseable {

  /** Names the posts that it sees: the same exactly as long as they are the same. */
  String state();

  /**
   * The posts behind a place, some hundred at most; none at the end.
   *
   * @param place null for the beginning
   * @throws ChangedMeanwhileException when the state that it began in can be seen no more, and that
   *     of now is another one
   * @throws org.milena.common.failure.OutageException when the index is away
   */
  List<ArchivedPost> after(@Nullable PostPlace place);

  @Override
  void close();
}
