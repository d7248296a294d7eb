package org.milena.archive.web.operation;

import org.milena.archive.rebuild.ArchiveDigest;
import org.milena.archive.rebuild.Generations;
import org.milena.archive.rebuild.Rebuild;
import org.milena.archive.rebuild.RebuildState;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The index of the archive, for operators. */
@RestController
@RequestMapping("/api/v1/ops/archive")
public class IndexApi {
  private final Rebuild rebuild;
  private final Runnable beginner;
  private final Generations generations;

  /**
   * @param beginner begins to build the index anew, and returns at once
   */
  public IndexApi(Rebuild rebuild, Runnable beginner, Generations generations) {
    this.rebuild = rebuild;
    this.beginner = beginner;
    this.generations = generations;
  }

  /** How far building anew is, on this instance. */
  @GetMapping("/rebuild")
  RebuildState state() {
    Caller.current().requireOperator();
    return rebuild.state();
  }

  /** Builds the index anew from the log. */
  @PostMapping("/rebuild")
  @ResponseStatus(HttpStatus.ACCEPTED)
  RebuildState rebuild() {
    Caller.current().requireOperator();
    if (rebuild.state().isRunning()) {
      throw ApiProblem.conflict("rebuild-runs", "The index is being built anew already.");
    }
    beginner.run();
    return rebuild.state();
  }

  /** What the index holds, as one number; reads all of it. */
  @GetMapping("/digest")
  ArchiveDigest digest() {
    Caller.current().requireOperator();
    return generations.digest();
  }
}
