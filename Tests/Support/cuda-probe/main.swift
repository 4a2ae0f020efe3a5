import CUDADriverBindings
import CUDARuntime

// Goes through everything that CUDARuntime offers on the GPUs of this machine and checks it, for
// there is no GPU where the tests run. Prints a line for each check; the exit status is 1 if one
// failed.

let checks = Checks()
do throws(CUDAError) {
  let cuda = try CUDA()
  try checkDevices(cuda)
  for device in try cuda.devices() {
    let context = try Context(device)
    try checkMemory(context)
    try checkMappedMemory(context)
    try checkStreams(context)
    try checkKernels(context)
    try checkGraphs(context)
  }
  try checkPeers(cuda)
} catch {
  checks.expect(false, "no error: \(error)")
}
checks.finish()
