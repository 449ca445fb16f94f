# What gdb does with a soak: run it; after a crash print the native stack and let faulthandler print Python's.
run
if $_isvoid($_exitcode)
  bt 60
  continue
end
