import { rm } from 'node:fs/promises';
import path from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

/**
 * Switches inside Electron's own program file, set before it is signed: what a changed environment or
 * command line could otherwise do with it.
 */
export const wantedFuses = {
  // The program cannot be run as a plain Node, nor be given Node's options, nor be debugged.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Code comes from the archive that was packed, checked where the system can (Windows, macOS).
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // Pages come by our own protocol; files have no rights.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  // Speed of WebAssembly alone, as Electron ships it.
  [FuseV1Options.WasmTrapHandlers]: true,
} as const;

type PackContext = {
  readonly appOutDir: string;
  readonly electronPlatformName: string;
  readonly packager: {
    readonly executableName: string;
    readonly appInfo: { readonly productFilename: string };
  };
};

const resourcesFolder = ({ appOutDir, electronPlatformName, packager }: PackContext): string =>
  electronPlatformName === 'darwin'
    ? path.join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents/Resources')
    : path.join(appOutDir, 'resources');

const programFile = ({ appOutDir, electronPlatformName, packager }: PackContext): string => {
  if (electronPlatformName === 'darwin') {
    return path.join(appOutDir, `${packager.appInfo.productFilename}.app`);
  }
  const name =
    electronPlatformName === 'win32'
      ? `${packager.appInfo.productFilename}.exe`
      : packager.executableName;
  return path.join(appOutDir, name);
};

/** Called by electron-builder when the folder is complete and not yet signed. */
export const afterPack = async (context: PackContext): Promise<void> => {
  // Electron's own start page, which runs whatever it is given; an unpacked Electron brings it along.
  await rm(path.join(resourcesFolder(context), 'default_app.asar'), { force: true });
  await flipFuses(programFile(context), {
    version: FuseVersion.V1,
    // A fuse that a later Electron adds must be decided on, not overlooked.
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    ...wantedFuses,
  });
};
