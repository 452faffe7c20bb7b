/** Tensors, operations, derivatives and the kernels that compute them. */
module dev.descent.core {
  requires static jdk.incubator.vector;
  requires static transitive org.jspecify;

  exports dev.descent.core.autodiff;
  exports dev.descent.core.kernel;
  exports dev.descent.core.op;
  exports dev.descent.core.random;
  exports dev.descent.core.tensor;
  exports dev.descent.core.kernel.simd to
      dev.descent.optim;
}
