package org.milena.common.operations;

import java.util.List;

/** How far the stages are. */
public interface Pipeline {

  /**
   * All stages, in the order of a mail's way.
   *
   * @throws org.milena.common.failure.OutageException when the broker does not answer
   */
  List<StageState> look();
}
